"use strict";
// The editor asks no other address: completions by prefix.cc and LOV are left out.
Yasgui.Yasqe.defaults.autocompleters = ["variables"];
fetch("/questions.json").then((answer) => answer.json()).then((data) => {
  const first = data.questions.find((question) => question.name === "agreements-of") || data.questions[0];
  Yasgui.Yasqe.defaults.value = first.query;
  const yasgui = new Yasgui(document.getElementById("yasgui"), {
    requestConfig: { endpoint: location.origin + "/sparql", method: "POST" },
    copyEndpointOnNewTab: false,
    persistenceId: "diplograph",
    endpointCatalogueOptions: { getData: () => [] },
  });
  const tab = yasgui.getTab();
  if (tab) tab.setEndpoint(location.origin + "/sparql"); // an older visit may have kept another port
  const list = document.getElementById("questions");
  for (const question of data.questions) {
    const item = document.createElement("li");
    const button = document.createElement("button");
    button.textContent = question.sentence.replace(/{(\w+)}/g, "[$1]");
    button.dataset.name = question.name;
    button.addEventListener("click", () => {
      const open = yasgui.getTab();
      open.setQuery(question.query);
      open.setName(question.name);
      open.query();
    });
    item.append(button);
    list.append(item);
  }
  document.getElementById("find").addEventListener("input", (event) => {
    const words = event.target.value.toLowerCase();
    for (const item of list.children) item.hidden = !item.textContent.toLowerCase().includes(words);
  });
});
