// What the property filter says.
import type { PropertyFilterProps } from "@cloudscape-design/components/property-filter";

const operators: Record<string, string> = { "=": "is", "!=": "is not", "^": "begins with", ">=": "at least", "<=": "at most", between: "between" };
const spoken = ({ propertyLabel, operator, value }: PropertyFilterProps.FormattedToken) => `${propertyLabel} ${operators[operator] ?? operator} ${value}`;

export const words: PropertyFilterProps.I18nStrings = {
  dismissAriaLabel: "Close",
  clearAriaLabel: "Clear",
  groupValuesText: "Values",
  groupPropertiesText: "What to filter by",
  operatorsText: "Operators",
  operationAndText: "and",
  operationOrText: "or",
  operatorLessOrEqualText: "At most",
  operatorGreaterOrEqualText: "At least",
  operatorEqualsText: "Is",
  operatorDoesNotEqualText: "Is not",
  operatorStartsWithText: "Begins with",
  editTokenHeader: "Change the filter",
  propertyText: "What",
  operatorText: "How",
  valueText: "Value",
  cancelActionText: "Cancel",
  applyActionText: "Apply",
  tokenLimitShowMore: "Show more",
  tokenLimitShowFewer: "Show fewer",
  clearFiltersText: "Clear",
  tokenOperatorAriaLabel: "How they are joined",
  removeTokenButtonAriaLabel: (token) => `Remove: ${spoken(token)}`,
  enteredTextLabel: (text) => `Use: ${text}`,
  groupEditAriaLabel: (group) => `Change: ${group.tokens.map(spoken).join(` ${group.operationLabel} `)}`,
  formatToken: spoken,
  tokenEditorTokenActionsAriaLabel: (token) => `Actions for ${spoken(token)}`,
  tokenEditorTokenRemoveAriaLabel: (token) => `Remove ${spoken(token)}`,
  tokenEditorTokenRemoveLabel: "Remove",
  tokenEditorTokenRemoveFromGroupLabel: "Take out of the group",
  tokenEditorAddNewTokenLabel: "Add another",
  tokenEditorAddTokenActionsAriaLabel: "Add",
  tokenEditorAddExistingTokenAriaLabel: (token) => `Add ${spoken(token)}`,
  tokenEditorAddExistingTokenLabel: spoken,
};
