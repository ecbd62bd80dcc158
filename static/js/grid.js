// The quarter's grid: keys that move between cells, saving while one types. The page works without this script.

const PAUSE = 1200;
const RETRIES = [2000, 5000, 15000, 30000];

for (const form of document.querySelectorAll("form[data-grid]")) {
  enhance(form);
}

function enhance(form) {
  const note = form.querySelector("[data-grid-note]");
  if (!note) return;
  const dirty = new Set();
  let sending = new Set();
  let timer = 0;
  let failures = 0;
  let held = null;
  let isLeaving = false;

  form.addEventListener("input", (event) => {
    const row = event.target.closest("[data-row]");
    if (!row) return;
    isLeaving = false; // whoever types is still here: the way out was stopped
    dirty.add(row);
    say("有修改尚未保存……", "");
    plan(PAUSE);
  });
  form.addEventListener("keydown", move);
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    form.elements.csrfmiddlewaretoken.value = token(form);
    if (!dirty.size && !sending.size) {
      isLeaving = true;
      return;
    }
    // A form that leaves for an expired sign-in takes what was typed with it, and one that overtakes a slow saving is
    // overwritten by it: what was typed is saved first.
    event.preventDefault();
    held = { button: event.submitter };
    say("正在保存，保存后随即提交……", "");
    send();
  });
  window.addEventListener("beforeunload", (event) => {
    if (isLeaving || !(dirty.size || sending.size || wrong())) return;
    event.preventDefault();
    event.returnValue = true; // what Chromium before 119 goes by
  });
  window.addEventListener("pageshow", () => {
    isLeaving = false;
  });
  window.addEventListener("online", () => plan(0));

  function plan(delay) {
    clearTimeout(timer);
    timer = setTimeout(send, delay);
  }

  async function send() {
    if (sending.size || !dirty.size || isLeaving) return;
    sending = new Set(dirty);
    dirty.clear();
    try {
      told(await post(form, sending));
    } catch {
      retry();
    }
  }

  function told(answer) {
    const rows = sending;
    sending = new Set();
    failures = 0;
    if (answer.refused) {
      held = null;
      for (const row of rows) dirty.add(row);
      say(answer.refused.join("；"), "bad");
      return;
    }
    // A row that was changed again meanwhile is told about with its own saving.
    showFaults([...rows].filter((row) => !dirty.has(row)), answer.faults);
    if (dirty.size) {
      say("有修改尚未保存……", "");
      plan(held ? 0 : PAUSE);
    } else if (wrong()) {
      say(`已保存 ${answer.saved_at}；标红的${wrong()}处有误，没有保存`, "bad");
    } else {
      say(`已保存 ${answer.saved_at}`, "good");
    }
    if (held && !dirty.size) submit();
  }

  function retry() {
    held = null;
    for (const row of sending) dirty.add(row);
    sending = new Set();
    const delay = RETRIES[Math.min(failures, RETRIES.length - 1)];
    failures += 1;
    say(`没有保存成功，${delay / 1000}秒后重试；请不要关闭本页`, "bad");
    plan(delay);
  }

  function submit() {
    const { button } = held;
    held = null;
    form.requestSubmit(button);
  }

  // Faults of cells, and of rows as a whole: what stands there is not saved, whatever was saved since.
  function wrong() {
    const whole = [...form.querySelectorAll("[data-row-fault]")].filter((each) => each.textContent.trim());
    return form.querySelectorAll("[data-row] [aria-invalid=true]").length + whole.length;
  }

  function say(text, kind) {
    note.textContent = text;
    note.dataset.kind = kind;
  }
}

// Signing in again changes the token: the cookie has the one that counts now, the form the one it was drawn with.
function token(form) {
  const now = /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie);
  return now ? now[1] : form.elements.csrfmiddlewaretoken.value;
}

async function post(form, rows) {
  const data = new FormData();
  data.append("csrfmiddlewaretoken", token(form));
  for (const row of rows) {
    for (const field of row.querySelectorAll("input[name], select[name]")) data.append(field.name, field.value);
  }
  const response = await fetch(form.dataset.grid, { method: "POST", body: data, redirect: "manual" });
  if (response.type === "opaqueredirect" || response.status === 401 || response.status === 403) {
    return { refused: ["登录已过期，修改没有保存。请在新窗口重新登录后回到本页，再改动一格即可保存"] };
  }
  if (response.status !== 200 && response.status !== 400) throw new Error(String(response.status));
  const answer = await response.json();
  const isAnswer = response.status === 400 ? Array.isArray(answer.refused) : Array.isArray(answer.faults);
  if (!isAnswer) throw new Error("not an answer of ours"); // a proxy's, say; nothing of it counts as saved
  return answer;
}

function showFaults(rows, faults) {
  for (const row of rows) {
    for (const field of row.querySelectorAll("input[name], select[name]")) {
      const fault = faults.find((each) => each.field === field.name);
      if (fault) field.setAttribute("aria-invalid", "true");
      else field.removeAttribute("aria-invalid");
      document.getElementById(`fault-${field.name}`).textContent = fault ? fault.message : "";
      if (fault) openFold(field);
    }
    const whole = faults.find((each) => each.row === row.dataset.row && !each.field);
    row.querySelector("[data-row-fault]").textContent = whole ? whole.message : "";
  }
}

function openFold(field) {
  const fold = field.closest("details");
  if (fold) fold.open = true;
}

// Enter and the arrows go to the cell above or below; Shift+Enter upwards. Left and right stay inside the text until its
// end, then go to the neighbour. Cells inside a closed fold are passed over.
function move(event) {
  const field = event.target;
  if (!(field instanceof HTMLInputElement) || event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
  const step = stepOf(event, field);
  if (!step) return;
  event.preventDefault();
  const next = step.isRow ? inNextRow(field, step.by) : neighbour(field, step.by);
  if (next) {
    next.focus();
    if (next.select) next.select();
  }
}

function stepOf(event, field) {
  if (event.key === "Enter") return { isRow: true, by: event.shiftKey ? -1 : 1 };
  if (event.key === "ArrowDown") return { isRow: true, by: 1 };
  if (event.key === "ArrowUp") return { isRow: true, by: -1 };
  const isWhole = field.selectionStart === 0 && field.selectionEnd === field.value.length;
  if (event.key === "ArrowRight" && (isWhole || field.selectionStart === field.value.length)) return { isRow: false, by: 1 };
  if (event.key === "ArrowLeft" && (isWhole || field.selectionEnd === 0)) return { isRow: false, by: -1 };
  return null;
}

function fieldsOf(element) {
  return [...element.querySelectorAll("input[name]:not([type=hidden]), select[name]")].filter((each) => each.offsetParent);
}

function inNextRow(field, by) {
  const rows = [...field.form.querySelectorAll("[data-row]")];
  const row = field.closest("[data-row]");
  const place = fieldsOf(row).indexOf(field);
  const next = rows[rows.indexOf(row) + by];
  if (!next) return null;
  const fields = fieldsOf(next);
  return fields[Math.min(place, fields.length - 1)];
}

function neighbour(field, by) {
  const fields = fieldsOf(field.form);
  return fields[fields.indexOf(field) + by];
}
