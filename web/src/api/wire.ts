// Inspector's types as JSON carries them. The SDK turns times into Date; on the wire they are seconds
// since 1970. Taking AWS's own types means that page and server are held to the same model.
import type * as sdk from "@aws-sdk/client-inspector2";

export type Wire<T> = T extends Date
  ? number
  : T extends (infer Element)[]
    ? Wire<Element>[]
    : T extends object
      ? { [Member in keyof T]: Wire<T[Member]> }
      : T;

export type Finding = Wire<sdk.Finding>;
export type FindingDetail = Wire<sdk.FindingDetail>;
export type Resource = Wire<sdk.Resource>;
export type FilterCriteria = Wire<sdk.FilterCriteria>;
export type Filter = Wire<sdk.Filter> & {
  /** Vigil's own member, docs/api.md. */
  vigil?: { hiddenCount: number; owner?: string; expiresAt?: number };
};
export type CoveredResource = Wire<sdk.CoveredResource>;
export type CoverageFilterCriteria = Wire<sdk.CoverageFilterCriteria>;
export type Vulnerability = Wire<sdk.Vulnerability>;
export type AggregationResponse = Wire<sdk.AggregationResponse>;
export type Severity = sdk.Severity;
export type SortField = sdk.SortField;
export type AggregationType = sdk.AggregationType;
