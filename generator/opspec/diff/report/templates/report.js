(function () {
  "use strict";
  const form = document.querySelector(".filters");
  if (!form) { return; }
  const cards = Array.from(document.querySelectorAll(".card"));
  const status = document.querySelector(".shown");
  const texts = cards.map((card) => card.textContent.toLowerCase());
  const chosen = (name) => new Set(Array.from(form.querySelectorAll(`[name=${name}]:checked`), (box) => box.value));
  // A card is shown if one of its tiers is chosen at a level that is chosen, and it holds the text.
  function apply() {
    const tiers = chosen("tier"), levels = chosen("level"), text = form.elements.text.value.trim().toLowerCase();
    let count = 0;
    cards.forEach((card, index) => {
      const pairs = card.dataset.tiers.trim().split(/\s+/).map((pair) => pair.split(":"));
      const fits = pairs.some(([tier, level]) => tiers.has(tier) && levels.has(level)) && texts[index].includes(text);
      card.hidden = !fits;
      count += fits ? 1 : 0;
    });
    status.textContent = `${count} of ${cards.length} shown`;
  }
  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  // Printed, a signature that is folded in would be lost.
  window.addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((d) => { d.open = true; }));
  form.hidden = false;
  apply();
})();
