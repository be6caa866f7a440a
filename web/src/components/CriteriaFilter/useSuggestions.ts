// Values to choose from: what the search of the server finds for what has been typed.
import type { PropertyFilterProps } from "@cloudscape-design/components/property-filter";
import { useRef, useState } from "react";
import { own } from "~/api/client";
import type { SearchAnswer } from "~/api/own";
import type { FilterField } from "~/model/filterFields";
import { packageMember } from "~/model/packageTests";

type Option = PropertyFilterProps.FilteringOption;
const shown = 10;
/** Fewer letters may mean anything. */
const shortest = 2;

function valuesOf(answer: SearchAnswer, kind: FilterField["suggest"], propertyKey: string): Option[] {
  switch (kind) {
    case "vulnerabilities":
      return answer.vulnerabilities.map(({ id, findings }) => ({ propertyKey, value: id, tags: [findings === 1 ? "1 finding" : `${findings} findings`] }));
    case "resources":
      return answer.resources.map(({ resourceId, name }) => ({ propertyKey, value: resourceId, ...(name ? { tags: [name], filteringTags: [name] } : {}) }));
    case "packages":
      return [...new Map(answer.packages.map(({ name, ecosystem }) => [name, { propertyKey, value: name, tags: [ecosystem] }])).values()];
    default:
      return [];
  }
}
const propertyOf = ({ key }: FilterField) => (key === packageMember ? `${packageMember}.name` : key);

export function useSuggestions(fields: readonly FilterField[]) {
  const [options, setOptions] = useState<Option[]>([]);
  const [status, setStatus] = useState<PropertyFilterProps.StatusType>("finished");
  const asked = useRef<AbortController>(undefined);

  const load = ({ filteringProperty, filteringText }: PropertyFilterProps.LoadItemsDetail) => {
    asked.current?.abort();
    const wanted = fields.filter((field) => field.suggest && (!filteringProperty || propertyOf(field) === filteringProperty.key));
    const text = filteringText.trim();
    setOptions([]);
    if (wanted.length === 0 || text.length < shortest) return setStatus("finished");
    const mine = new AbortController();
    asked.current = mine;
    setStatus("loading");
    own<SearchAnswer>(`search?q=${encodeURIComponent(text)}&limit=${shown}`, { signal: mine.signal }).then(
      (answer) => {
        // The same answer serves several fields: a name may be a package or part of a resource.
        setOptions(wanted.flatMap((field) => valuesOf(answer, field.suggest, propertyOf(field))));
        setStatus("finished");
      },
      () => {
        if (!mine.signal.aborted) setStatus("error");
      },
    );
  };
  return { options, status, load };
}
