// If a phone's on-screen keyboard covers more than half of the window, the focused field stays visible, and the user
// can still reach the button.
//
// The tests use a small window instead of a keyboard, because the viewport tag in `index.html` makes Chromium on
// Android shrink the page when the keyboard opens.
import { Contact } from "./support/contact.js";
import { expect, test } from "./support/fixture.js";

const without = { width: 390, height: 844 };
const withKeyboard = { width: 390, height: 338 };

test.use({ viewport: without, hasTouch: true, isMobile: true, own: {} });

test("a dialog can be filled and sent with the keyboard open", async ({ page, account }) => {
  await account.open();
  await account.openAdd();
  for (const field of ["email", "name", "phone", "identifier"] as const) {
    await page.setViewportSize(without);
    await account.field(field).tap();
    await page.setViewportSize(withKeyboard);
    await expect(account.field(field)).toBeFocused();
    await expect(account.field(field)).toBeInViewport({ ratio: 1 });
  }
  await account.field("email").fill("thumb@client.example");
  const send = account.addDialog.getByRole("button", { name: account.words.add, exact: true });
  await send.scrollIntoViewIfNeeded();
  await expect(send).toBeInViewport({ ratio: 1 });
  await send.tap();
  await expect(account.message("thumb@client.example")).toBeVisible();
});

test.describe("signed out", () => {
  test.use({ isSignedIn: false });

  test("the contact form shows a problem at its field with the keyboard open", async ({ page, account }) => {
    const contact = new Contact(account);
    await contact.open();
    await contact.field("email").tap();
    await page.setViewportSize(withKeyboard);
    await expect(contact.field("email")).toBeInViewport({ ratio: 1 });
    await page.keyboard.type("no address");
    await page.keyboard.press("Enter");
    await expect(contact.summary).toBeFocused();
    await contact.summary.getByRole("link").nth(1).tap();
    await expect(contact.field("email")).toBeInViewport({ ratio: 1 });
  });
});
