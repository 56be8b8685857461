const form = document.querySelector("partner-contact");
const thanks = document.getElementById("thanks");
form.addEventListener("sent", ({ detail }) => {
  thanks.textContent = `Your request has the number ${detail.reference}.`;
});
