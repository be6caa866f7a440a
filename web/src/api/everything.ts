// Lists that are small enough to be had whole, page after page, so that they can be searched and sorted
// in any way. What is beyond `most` is not loaded, and the list says so.

export interface Whole<Item> {
  items: Item[];
  /** There are more than were loaded. */
  more: boolean;
}

export async function everything<Item>(most: number, page: (token: string | undefined) => Promise<{ items: readonly Item[]; next?: string | undefined }>): Promise<Whole<Item>> {
  const items: Item[] = [];
  let token: string | undefined;
  do {
    const answer = await page(token);
    items.push(...answer.items);
    token = answer.next;
  } while (token && items.length < most);
  return { items: items.slice(0, most), more: token !== undefined || items.length > most };
}
