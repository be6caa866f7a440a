// What the buttons of a list's pages say.
export const pageLabels = {
  paginationLabel: "Pages",
  nextPageLabel: "Next page",
  previousPageLabel: "Previous page",
  pageLabel: (page: number) => `Page ${page}`,
};
