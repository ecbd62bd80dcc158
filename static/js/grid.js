// The quarter's grid: keys that move between cells, saving while one types. The page works without this script.

const PAUSE = 1200;
const ENDED = "登录已过期，修改没有保存，仍在本页。请重新登录，回到本页后会接着保存。";
const RETRIES = [2000, 5000, 15000, 30000];

for (const form of document.querySelectorAll("form[data-grid]")) {
  enhance(form);
}

function enhance(form) {
  const note = form.querySelector("[data-grid-note]");
  if (!note) return;
  const dirty = new Set();
  const stuck = new Map(); // rows that somebody else changed meanwhile, with what stands there: the person decides
  const unsure = new Map(); // rows that were sent without an answer, with the words that may have been stored
  let sending = new Map(); // rows on their way, with the words that were sent
  let timer = 0;
  let failures = 0;
  let held = null;
  let isLeaving = false;
  let hasEnded = false;

  for (const box of form.querySelectorAll("[data-conflict]")) {
    const standing = JSON.parse(box.dataset.conflict);
    const row = box.closest("[data-row]");
    box.remove();
    stick(row, standing);
  }
  form.addEventListener("input", (event) => {
    const row = event.target.closest("[data-row]");
    if (!row) return;
    isLeaving = false; // whoever types is still here: the way out was stopped
    if (stuck.has(row)) {
      showMine(row);
      return;
    }
    dirty.add(row);
    say("有修改尚未保存……", "");
    plan(PAUSE);
  });
  form.addEventListener("keydown", move);
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    if (stuck.size) {
      event.preventDefault();
      sayStuck();
      form.querySelector("[data-conflict] button").focus();
      return;
    }
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
    if (isLeaving || !(dirty.size || sending.size || stuck.size || wrong())) return;
    event.preventDefault();
    event.returnValue = true; // what Chromium before 119 goes by
  });
  window.addEventListener("pageshow", () => {
    isLeaving = false;
  });
  window.addEventListener("online", () => plan(0));
  // Whoever signed in again in another window comes back to this one.
  window.addEventListener("focus", () => {
    if (hasEnded) plan(0);
  });

  function plan(delay) {
    clearTimeout(timer);
    timer = setTimeout(send, delay);
  }

  async function send() {
    if (sending.size || !dirty.size || isLeaving) return;
    sending = new Map([...dirty].map((row) => [row, wordsOf(row)]));
    dirty.clear();
    try {
      told(await post(form, sending));
    } catch {
      retry();
    }
  }

  function told(answer) {
    const rows = sending;
    sending = new Map();
    failures = 0;
    hasEnded = Boolean(answer.ended);
    if (answer.refused) {
      held = null;
      for (const row of rows.keys()) dirty.add(row);
      say(answer.refused.join("；"), "bad", answer.ended);
      return;
    }
    for (const row of rows.keys()) {
      const version = answer.versions[row.dataset.row];
      if (version !== undefined) saw(row, version);
    }
    for (const standing of answer.conflicts) part([...rows.keys()], standing);
    for (const row of rows.keys()) unsure.delete(row);
    // A row that was changed again meanwhile is told about with its own saving.
    showFaults([...rows.keys()].filter((row) => !dirty.has(row) && !stuck.has(row)), answer.faults);
    if (dirty.size) {
      say("有修改尚未保存……", "");
      plan(held ? 0 : PAUSE);
    } else if (stuck.size) {
      sayStuck();
    } else if (wrong()) {
      say(`已保存 ${answer.saved_at}；标红的${wrong()}处有误，没有保存`, "bad");
    } else {
      say(`已保存 ${answer.saved_at}`, "good");
    }
    if (stuck.size) held = null;
    if (held && !dirty.size) submit();
  }

  function retry() {
    held = null;
    for (const [row, words] of sending) {
      dirty.add(row);
      unsure.set(row, [...(unsure.get(row) || []), words]);
    }
    sending = new Map();
    const delay = RETRIES[Math.min(failures, RETRIES.length - 1)];
    failures += 1;
    say(`没有保存成功，${delay / 1000}秒后重试；请不要关闭本页`, "bad");
    plan(delay);
  }

  // What stands there may be this page's own words, stored by a saving whose answer got lost.
  function part(rows, standing) {
    const row = rows.find((each) => each.dataset.row === standing.row);
    if (!row) return;
    if ((unsure.get(row) || []).some((words) => isSame(words, standing.words))) {
      saw(row, standing.version);
      dirty.add(row);
      return;
    }
    dirty.delete(row);
    stick(row, standing);
  }

  function stick(row, standing) {
    stuck.set(row, standing);
    ask(row, standing, (choice) => {
      stuck.delete(row);
      saw(row, standing.version);
      if (choice === "mine") {
        dirty.add(row);
        say("有修改尚未保存……", "");
        plan(0);
      } else {
        for (const [name, text] of Object.entries(standing.words)) form.elements[name].value = text;
        showFaults([row], []);
        if (!dirty.size && !sending.size) say(`${standing.row}已保留现有的数据`, "");
      }
      const next = form.querySelector("[data-conflict] button") || fieldsOf(row)[0];
      if (next) next.focus();
    });
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

  function sayStuck() {
    say(`${[...stuck.values()].map((each) => each.row).join("、")}已有他人改动，请选择保留现有的还是用您填的`, "bad");
  }

  function say(text, kind, address) {
    note.textContent = text;
    note.dataset.kind = kind;
    if (!address) return;
    const link = document.createElement("a");
    link.href = address;
    link.target = "_blank";
    link.textContent = "在新窗口登录";
    note.append(link);
  }
}

function wordsOf(row) {
  return Object.fromEntries(fieldsIn(row).map((field) => [field.name, field.value]));
}

function isSame(words, others) {
  return Object.entries(others).every(([name, text]) => words[name] === text);
}

function fieldsIn(row) {
  return [...row.querySelectorAll("input[name], select[name]")];
}

// The version of the row that this page has seen.
function saw(row, version) {
  row.querySelector(`input[name="${row.dataset.row}.seen"]`).value = version;
}

// Signing in again changes the token: the cookie has the one that counts now, the form the one it was drawn with.
function token(form) {
  const now = /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie);
  return now ? now[1] : form.elements.csrfmiddlewaretoken.value;
}

async function post(form, rows) {
  let response = await sent(form, rows);
  if (isClosed(response)) {
    const session = await window.portal.session(form);
    if (session.state === "ended") return { refused: [ENDED], ended: session.sign_in };
    if (session.state !== "here") return { refused: [session.said] };
    response = await sent(form, rows); // with the token of now
    if (isClosed(response)) return { refused: ["账号还有登录步骤没有完成，修改没有保存，仍在本页。请"], ended: "/my/" };
  }
  if (![200, 400, 409].includes(response.status)) throw new Error(String(response.status));
  const answer = await response.json();
  const isAnswer = response.status !== 200 ? Array.isArray(answer.refused) : isSaving(answer);
  if (!isAnswer) throw new Error("not an answer of ours"); // a proxy's, say; nothing of it counts as saved
  return answer;
}

function isSaving(answer) {
  return Array.isArray(answer.faults) && Array.isArray(answer.conflicts) && answer.versions instanceof Object;
}

function isClosed(response) {
  return response.type === "opaqueredirect" || response.status === 401 || response.status === 403;
}

function sent(form, rows) {
  const data = new FormData();
  data.append("csrfmiddlewaretoken", token(form));
  for (const name of ["platform", "page_of"]) if (form.elements[name]) data.append(name, form.elements[name].value);
  for (const [row, words] of rows) {
    for (const [name, text] of Object.entries(words)) data.append(name, text);
    data.set(`${row.dataset.row}.seen`, wordsOf(row)[`${row.dataset.row}.seen`]);
  }
  return fetch(form.dataset.grid, { method: "POST", body: data, redirect: "manual" });
}

// Both values side by side and two buttons, below the cells that keep what was typed.
function ask(row, standing, decide) {
  const box = document.createElement("fieldset");
  const legend = document.createElement("legend");
  box.className = "grid-conflict";
  box.dataset.conflict = "";
  legend.textContent = "您打开页面之后，这一项已有改动";
  box.append(legend);
  for (const [name, text] of [["theirs", `现有：${standing.said}`], ["mine", ""]]) {
    const line = document.createElement("p");
    line.dataset.words = name;
    line.textContent = text;
    box.append(line);
  }
  for (const [choice, label] of [["keep", "保留现有"], ["mine", "用我的"]]) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-plain";
    button.textContent = label;
    button.setAttribute("aria-label", `${standing.row}：${label}`);
    button.addEventListener("click", () => {
      box.remove();
      decide(choice);
    });
    box.append(button);
  }
  row.querySelector("[data-row-fault]").before(box);
  showMine(row);
}

function showMine(row) {
  const texts = fieldsIn(row).filter((field) => field.type !== "hidden").map(wordIn).filter(Boolean);
  row.querySelector("[data-words=mine]").textContent = `您填的：${texts.join("，") || "（空）"}`;
}

function wordIn(field) {
  const text = field instanceof HTMLSelectElement ? field.selectedOptions[0].textContent : field.value;
  const label = field.closest("label").querySelector(".grid-label:not(.visually-hidden)");
  return text && (label ? `${label.textContent} ${text}` : text);
}

function showFaults(rows, faults) {
  for (const row of rows) {
    for (const field of fieldsIn(row).filter((each) => each.type !== "hidden")) {
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
