// A filter of the API, to be looked at and changed. All that a request can ask, in words.
import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import PropertyFilter from "@cloudscape-design/components/property-filter";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useMemo } from "react";
import type { FilterField } from "~/model/filterFields";
import { type Criteria, toCriteria, toQuery } from "~/model/propertyFilter";
import { groupsOf, propertiesOf, wordOptions } from "./properties";
import { useSuggestions } from "./useSuggestions";
import { words } from "./words";

interface Props {
  criteria: Criteria;
  fields: readonly FilterField[];
  onChange: (criteria: Criteria) => void;
  /** "Filter findings" */
  label: string;
  placeholder?: string;
  countText?: string;
}
export default function CriteriaFilter({ criteria, fields, onChange, label, placeholder, countText }: Props) {
  const { query, kept } = useMemo(() => toQuery(criteria, fields), [criteria, fields]);
  const properties = useMemo(() => propertiesOf(fields), [fields]);
  const known = useMemo(() => wordOptions(fields), [fields]);
  const { options, status, load } = useSuggestions(fields);
  const hidden = Object.keys(kept);
  return (
    <SpaceBetween size="xs">
      <PropertyFilter
        query={query}
        onChange={({ detail }) => onChange(toCriteria(detail, fields, kept))}
        filteringProperties={properties}
        customGroupsText={groupsOf(properties)}
        filteringOptions={[...known, ...options]}
        onLoadItems={({ detail }) => load(detail)}
        filteringStatusType={status}
        filteringLoadingText="Looking for values"
        filteringErrorText="Could not look for values."
        filteringRecoveryText="Try again"
        filteringEmpty="Nothing by that name; a value can be typed in full"
        enableTokenGroups
        readOnlyOperations
        disableFreeTextFiltering
        expandToViewport
        filteringAriaLabel={label}
        filteringPlaceholder={placeholder ?? label}
        {...(countText ? { countText } : {})}
        tokenLimit={12}
        i18nStrings={words}
      />
      {hidden.length > 0 && (
        <Alert type="info" action={<Button onClick={() => onChange(toCriteria(query, fields))}>Drop</Button>}>
          Also part of the filter, but not to be changed here: <Box variant="code">{JSON.stringify(kept)}</Box>
        </Alert>
      )}
    </SpaceBetween>
  );
}
