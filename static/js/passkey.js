// Binds the page's button to the sign-in library's ceremony, and says on the page when a passkey could not be used:
// without a word the button would seem dead.
const ids = {
  add: "add-passkey",
  authenticate: "use-passkey",
  login: "use-passkey",
  passwordless: "id_passwordless",
  credential: "id_credential",
  data: "js_data",
};

document.addEventListener("allauth.error", (event) => {
  const fault = document.getElementById("passkey-fault");
  if (!fault) return;
  event.preventDefault();
  fault.hidden = false;
});

const { ceremony } = document.getElementById("passkey-script").dataset;
window.allauth.webauthn.forms[ceremony]({ ids });
