// What the site does where scripts run: finds goals as you type, and prints. Everything works without it.
// Nothing typed leaves the device: the list is fetched whole, and the words stay in the part of the address after #.
(() => {
  "use strict";

  // Words that say nothing about a goal. Danger signs are compared with most of them left in.
  const FILLERS = new Set("a an the i im my me to of and or is it its for in on at".split(" "));
  const COMMON = new Set("want wants need help with cant can cannot without wont do does not no again back get go how be am are was have has up out when after that this too more so just really like able his her he she they him mum mom dad mother father kid son daughter wife husband grandma grandpa gran lot".split(" "));

  const plain = (text) => text.toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f'’]/g, "");

  const stem = (word) => {
    if (word.length < 4 || /ss$/.test(word)) return word;
    const cut = word.replace(/ies$/, "y").replace(/(ing|ed|s)$/, "");
    const short = cut.length < 3 ? word : cut;
    return short.replace(/([bdgmnprt])\1$/, "$1").replace(/e$/, "");
  };

  const tokens = (text, dropped) => plain(text).split(/[^\p{L}\p{N}]+/u).filter((word) => word && !FILLERS.has(word) && !(dropped && dropped.has(word))).map(stem);

  // Optimal string alignment distance: typing mistakes, two letters swapped included. Stops counting past `limit`.
  const distance = (one, two, limit) => {
    if (Math.abs(one.length - two.length) > limit) return limit + 1;
    let before = [], last = Array.from({ length: two.length + 1 }, (_, column) => column);
    for (let row = 1; row <= one.length; row++) {
      const now = [row];
      for (let column = 1; column <= two.length; column++) {
        const cost = one[row - 1] === two[column - 1] ? 0 : 1;
        now[column] = Math.min(last[column] + 1, now[column - 1] + 1, last[column - 1] + cost);
        if (row > 1 && column > 1 && one[row - 1] === two[column - 2] && one[row - 2] === two[column - 1]) now[column] = Math.min(now[column], before[column - 2] + 1);
      }
      if (Math.min(...now) > limit) return limit + 1;
      before = last;
      last = now;
    }
    return last[two.length];
  };

  // How alike two words are, from 0 to 1.
  const likeness = (typed, known) => {
    if (typed === known) return 1;
    if (typed.length > 2 && known.startsWith(typed)) return 0.8;
    if (known.length > 3 && typed.startsWith(known)) return 0.7;
    const limit = typed.length > 6 ? 2 : typed.length > 3 ? 1 : 0;
    if (!limit || typed[0] !== known[0] && typed.length < 5) return 0;
    const errors = distance(typed, known, limit);
    return errors > limit ? 0 : errors === 1 ? 0.75 : 0.5;
  };

  const best = (word, others) => others.reduce((most, other) => Math.max(most, likeness(word, other)), 0);

  // Reads the list once: the words of each entry with their weights, and how rare each word is.
  const prepare = (data) => {
    const all = [...data.goals, ...data.conditions];
    const read = (entry) => [entry.label, ...entry.words].map((text) => tokens(text, COMMON)).filter((words) => words.length);
    const own = new Map(all.map((entry) => [entry, read(entry)]));
    for (const entry of all) {
      entry.phrases = own.get(entry);
      entry.weights = new Map();
      const add = (phrases, weight) => phrases.flat().forEach((word) => entry.weights.set(word, Math.max(weight, entry.weights.get(word) || 0)));
      (entry.about || []).forEach((index) => add(own.get(data.conditions[index]), 0.6));
      add(entry.phrases, 1);
      add([tokens(entry.label, COMMON)], 1.3);
    }
    const counts = new Map();
    all.forEach((entry) => entry.weights.forEach((_, word) => counts.set(word, (counts.get(word) || 0) + 1)));
    // A word that no entry knows says little: it must not drown those that are known.
    const unknown = Math.log(1 + all.length) * 0.4;
    const rarity = (word) => counts.has(word) ? Math.log(1 + all.length / counts.get(word)) : unknown;
    data.cards.forEach((card) => { card.phrases = card.words.map((text) => tokens(text)); });
    return { all, rarity, cards: data.cards };
  };

  const score = (entry, typed, rarity) => {
    let points = 0, met = 0, total = 0;
    for (const word of typed) {
      let most = 0, like = 0;
      entry.weights.forEach((weight, known) => {
        const alike = likeness(word, known);
        if (alike * weight * rarity(known) > most) [most, like] = [alike * weight * rarity(known), alike];
      });
      points += most;
      total += rarity(word);
      met += like * rarity(word);
    }
    const covered = total ? met / total : 0;
    const whole = entry.phrases.reduce((most, phrase) => {
      const shared = typed.reduce((sum, word) => sum + best(word, phrase), 0);
      return Math.max(most, 2 * shared / (typed.length + phrase.length));
    }, 0);
    return { entry, covered, points: points * covered + 4 * whole };
  };

  const find = (list, query) => {
    let typed = tokens(query, COMMON);
    if (!typed.length) typed = tokens(query);
    if (!typed.length) return [];
    const scored = list.all.map((entry) => score(entry, typed, list.rarity)).filter((one) => one.covered > 0.34).sort((one, two) => two.points - one.points);
    return scored.filter((one) => one.points > scored[0].points * 0.4).map((one) => one.entry);
  };

  // A card is shown when the query holds all words of one of its phrases. A single short word must be all that was typed.
  const dangers = (list, query) => {
    const typed = tokens(query);
    const holds = (phrase) => phrase.length && phrase.every((word) => best(word, typed) >= 0.75) && (phrase.length > 1 || phrase[0].length > 5 || typed.length === 1);
    const order = ["emergency", "urgent", "non-urgent"];
    return list.cards.filter((card) => card.phrases.some(holds)).sort((one, two) => order.indexOf(one.level) - order.indexOf(two.level)).slice(0, 2);
  };

  const element = (name, text, className) => {
    const made = document.createElement(name);
    if (text) made.textContent = text;
    if (className) made.className = className;
    return made;
  };

  const cardElement = (card, form) => {
    const section = element("section", "", `care ${card.level}`);
    const signs = element("ul");
    signs.append(...card.signs.map((sign) => element("li", sign)));
    section.append(element("h3", card.heading), signs, element("p", card.why));
    if (card.action === "call") {
      const act = element("p", "", "act"), call = element("a", form.dataset.call.replace("#", card.number), "call");
      call.href = `tel:${card.number}`;
      act.append(call);
      section.append(act);
    }
    return section;
  };

  const startFinder = (form) => {
    const input = form.querySelector("input"), status = form.querySelector(".found"), results = form.querySelector(".results");
    const tags = form.querySelector("template").content;
    const rows = [...document.querySelectorAll(".sheet tbody tr")];
    let loading;

    const load = () => loading || (loading = fetch(form.dataset.index).then((answer) => answer.json()).then(prepare).catch(() => { loading = null; return null; }));

    const listed = (entry) => {
      const item = element("li"), link = element("a", entry.label);
      link.href = entry.href;
      item.append(link, " ", tags.querySelector(`[data-tag="${entry.tag}"]`).cloneNode(true));
      return item;
    };

    const showRows = (found, empty) => {
      const kept = new Set(found.map((entry) => entry.href));
      rows.forEach((row) => { row.hidden = !empty && !kept.has(row.querySelector("a").getAttribute("href")); });
      document.querySelectorAll(".sheet").forEach((table) => { table.hidden = !table.querySelector("tbody tr:not([hidden])"); });
    };

    // Gives the query that was answered; nothing when there is none, or another one by now.
    const show = async () => {
      const query = input.value.trim(), list = query ? await load() : null;
      if (query !== input.value.trim() || (query && !list)) return;
      history.replaceState(null, "", query ? `#q=${encodeURIComponent(query)}` : location.pathname);
      const asSheet = form.dataset.use === "sheet";
      const found = query ? find(list, query).filter((entry) => !asSheet || entry.about) : [];
      const shown = asSheet ? found : found.slice(0, 8);
      results.replaceChildren(...(query ? dangers(list, query).map((card) => cardElement(card, form)) : []));
      if (asSheet) showRows(found, !query);
      else if (shown.length) {
        const items = element("ul", "", "links");
        items.append(...shown.map(listed));
        results.append(items);
      }
      if (query && !shown.length) results.append(tags.querySelector(".nothing").cloneNode(true));
      results.dataset.of = query;
      status.textContent = !query || !shown.length ? "" : shown.length === 1 ? form.dataset.one : form.dataset.many.replace("#", shown.length);
      return query;
    };

    let waiting;
    const later = () => { clearTimeout(waiting); waiting = setTimeout(show, 120); };
    input.addEventListener("focus", load, { once: true });
    input.addEventListener("input", later);
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      clearTimeout(waiting);  // else its answer would take the place of the focused one
      const asked = await show();
      const first = results.querySelector("a") || document.querySelector(".sheet tr:not([hidden]) a");
      if (asked && first) first.focus();
    });
    const recall = () => {
      const kept = /^#q=(.*)/.exec(location.hash);
      if (!kept) return;
      try { input.value = decodeURIComponent(kept[1]); } catch { return; }
      show();
    };
    addEventListener("hashchange", recall);
    recall();
  };

  const form = document.querySelector(".finder");
  if (form) startFinder(form);
  const printer = document.querySelector(".print");
  if (printer) {
    printer.hidden = false;
    printer.addEventListener("click", () => print());
  }
})();
