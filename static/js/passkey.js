// A passkey that could not be used is said on the page; without a word the button would seem dead.
document.addEventListener("allauth.error", (event) => {
  const fault = document.getElementById("passkey-fault");
  if (!fault) return;
  event.preventDefault();
  fault.hidden = false;
});
