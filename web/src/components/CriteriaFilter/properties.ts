// Fields of a request as the properties of the property filter.
import type { PropertyFilterProps } from "@cloudscape-design/components/property-filter";
import { type FilterField, wordOf } from "~/model/filterFields";
import { packageMember, packageParts } from "~/model/packageTests";
import { between } from "~/model/ranges";
import { formatDate, formatPackage, formatRange, formatTag } from "./formats";
import { DateForm, DateRangeForm, RangeForm, TagForm } from "./forms";
import PackageForm from "./PackageForm";

type Property = PropertyFilterProps.FilteringProperty;
type Operator = NonNullable<Property["operators"]>[number];

const textOperators: Operator[] = ["=", "!=", "^"];

function wordOperators(field: FilterField): Operator[] {
  const format = (value: unknown) => (Array.isArray(value) ? value : [value]).map((word) => wordOf(field, String(word))).join(", ");
  const of = (operator: string): Operator => ({ operator, tokenType: "enum", format });
  return field.single ? [of("=")] : [of("="), of("!="), "^"];
}

function operatorsOf(field: FilterField): Operator[] {
  switch (field.kind) {
    case "text":
      return field.words ? wordOperators(field) : textOperators;
    case "tag":
      return [{ operator: "=", form: TagForm, format: formatTag }];
    case "date":
      return [
        { operator: ">=", form: DateForm, format: formatDate },
        { operator: "<=", form: DateForm, format: formatDate },
        { operator: between, description: "Both days included", form: DateRangeForm, format: (value: unknown) => formatRange(value, formatDate) },
      ];
    case "package":
      return [{ operator: "=", form: PackageForm, format: formatPackage }];
    default:
      return [">=", "<=", "=", { operator: between, description: "Both included", form: RangeForm, format: (value: unknown) => formatRange(value) }];
  }
}

export function propertiesOf(fields: readonly FilterField[]): Property[] {
  return fields.flatMap((field): Property[] => {
    const property: Property = {
      key: field.key,
      propertyLabel: field.label,
      groupValuesLabel: field.label,
      group: field.group,
      operators: operatorsOf(field),
      defaultOperator: field.kind === "date" || field.kind === "number" ? ">=" : "=",
    };
    if (field.key !== packageMember) return [property];
    // What is asked most of a package is a property of its own; the rest goes into one form.
    const parts = packageParts.map(
      ([part, label]): Property => ({ key: `${packageMember}.${part}`, propertyLabel: label, groupValuesLabel: label, group: "Package", operators: ["=", "^"], defaultOperator: "=" }),
    );
    return [...parts, { ...property, propertyLabel: "One package with", group: "Package" }];
  });
}

export function groupsOf(properties: Property[]): PropertyFilterProps.GroupText[] {
  const groups = new Set(properties.map(({ group }) => group ?? ""));
  return [...groups].map((group) => ({ group, properties: group, values: `${group}: values` }));
}

export function wordOptions(fields: readonly FilterField[]): PropertyFilterProps.FilteringOption[] {
  return fields.flatMap(({ key, words }) => (words ?? []).map(([value, label]) => ({ propertyKey: key, value, label })));
}
