// 选中一段时，本页自己决定怎么办；不调用 preventDefault，就照常打开原文。
document.addEventListener("xunzhang:select", ({ detail }) => {
  document.getElementById("chosen").textContent = `上次选的：《${detail.document.title}》${detail.section.join(" › ")}`;
});
document.addEventListener("xunzhang:error", ({ detail }) => console.warn("检索没有完成：", detail.message));
