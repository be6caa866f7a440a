// Pages of a list that is read by tokens: every page gone through can be gone back to.
import Pagination from "@cloudscape-design/components/pagination";

interface Props {
  page: number;
  tokens: readonly string[];
  /** Of the page shown; absent on the last one. */
  nextToken: string | undefined;
  disabled: boolean;
  onChange: (next: { page: number; tokens: readonly string[] }) => void;
}
export default function TokenPagination({ page, tokens, nextToken, disabled, onChange }: Props) {
  const atEnd = page === tokens.length + 1;
  return (
    <Pagination
      currentPageIndex={page}
      pagesCount={tokens.length + 1}
      openEnd={!atEnd || nextToken !== undefined}
      disabled={disabled}
      ariaLabels={{ paginationLabel: "Pages", nextPageLabel: "Next page", previousPageLabel: "Previous page", pageLabel: (number) => `Page ${number}` }}
      onChange={({ detail }) => {
        const wanted = detail.currentPageIndex;
        if (wanted <= tokens.length + 1) onChange({ page: wanted, tokens });
        else if (nextToken !== undefined) onChange({ page: page + 1, tokens: [...tokens, nextToken] });
      }}
      onNextPageClick={({ detail }) => {
        // Past the pages that are known: the component only tells that it was wanted.
        if (!detail.requestedPageAvailable && nextToken !== undefined && atEnd) onChange({ page: page + 1, tokens: [...tokens, nextToken] });
      }}
    />
  );
}
