// What was typed stays on the page when the session has ended, the token has changed or the network is down: a form is
// let go only when its page may still be sent. Without this script the server keeps what was typed.

const MANY = 3; // forms of more fields are asked about before they leave
const NETWORK = "网络不通，没有提交；填写的内容仍在本页，请稍后再试";

const ENDED = "登录已过期，没有提交；填写的内容仍在本页。登录后回到本页再提交一次。";

// Whether the page of this form is still the signed-in person's; with a token that counts now.
async function session(form) {
  const asked = new URLSearchParams({ page_of: form.elements.page_of.value });
  const response = await fetch(`/accounts/page-session/?${asked}`, { redirect: "manual" });
  if (response.type === "opaqueredirect") {
    return { state: "ended", said: ENDED, sign_in: "/accounts/login/?next=/after-login/" };
  }
  if (!response.ok) throw new Error(String(response.status));
  const answer = await response.json();
  if (answer.state === "here") {
    for (const field of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) field.value = answer.token;
  }
  return answer;
}

window.portal = { session };

for (const form of document.querySelectorAll("form[method=post]")) {
  if (form.elements.page_of && !form.dataset.grid && typedFields(form) > MANY) guard(form);
}

function typedFields(form) {
  const unseen = ["hidden", "submit", "button", "reset"];
  return [...form.elements].filter((field) => field.name && !unseen.includes(field.type) && field.type).length;
}

function guard(form) {
  let isAsked = false;
  form.addEventListener("submit", async (event) => {
    if (isAsked || event.defaultPrevented) {
      isAsked = false;
      return;
    }
    event.preventDefault();
    const button = event.submitter;
    try {
      const answer = await session(form);
      if (answer.state !== "here") {
        say(form, answer.said, answer.sign_in);
        return;
      }
    } catch {
      say(form, NETWORK);
      return;
    }
    isAsked = true;
    form.requestSubmit(button);
  });
}

function say(form, text, address) {
  const old = form.querySelector("[data-kept]");
  const line = document.createElement("p");
  line.dataset.kept = "";
  line.className = "kept-note";
  line.setAttribute("role", "alert");
  line.textContent = text;
  if (address) {
    const link = document.createElement("a");
    link.href = address;
    link.target = "_blank";
    link.textContent = "在新窗口登录";
    line.append(link);
  }
  if (old) old.remove();
  form.append(line);
}
