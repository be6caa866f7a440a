// What findings can be filtered by: the members of FilterCriteria as data, in the words of the console.
import type { FilterCriteria } from "~/api/wire";

/** How a field is tested; decides its operators and the shape of its values. */
export type FieldKind = "text" | "date" | "number" | "tag" | "port" | "package";

export interface FilterField {
  /** The member of the request. */
  key: string;
  label: string;
  group: string;
  kind: FieldKind;
  /** All values that have a meaning, and what people call them. */
  words?: readonly (readonly [string, string])[];
  /** Only one value and only "is": a member that is a word and no list. */
  single?: boolean;
  /** What the search may propose values from. */
  suggest?: "vulnerabilities" | "resources" | "packages";
}

const severities = [["CRITICAL", "Critical"], ["HIGH", "High"], ["MEDIUM", "Medium"], ["LOW", "Low"], ["INFORMATIONAL", "Informational"], ["UNTRIAGED", "Untriaged"]] as const;
const statuses = [["ACTIVE", "Active"], ["SUPPRESSED", "Suppressed"], ["CLOSED", "Closed"]] as const;
export const findingTypes = [["PACKAGE_VULNERABILITY", "Package vulnerability"], ["NETWORK_REACHABILITY", "Network reachability"], ["CODE_VULNERABILITY", "Code vulnerability"]] as const;
export const resourceTypes = [
  ["AWS_EC2_INSTANCE", "Host"],
  ["AWS_ECR_CONTAINER_IMAGE", "Container image"],
  ["AWS_LAMBDA_FUNCTION", "Function"],
  ["CODE_REPOSITORY", "Code repository"],
  ["Microsoft.Compute/virtualMachines", "Azure virtual machine"],
  ["Microsoft.ContainerRegistry/registry/containerImage", "Azure container image"],
  ["Microsoft.Web/sites", "Azure function"],
] as const;
const noYes = [["YES", "Yes"], ["NO", "No"]] as const;
const fixes = [["YES", "Yes"], ["PARTIAL", "For some packages"], ["NO", "No"]] as const;
const protocols = [["TCP", "TCP"], ["UDP", "UDP"]] as const;
const providers = [["AWS", "AWS"], ["AZURE", "Azure"], ["NOT_APPLICABLE", "None"]] as const;
const codeHosts = [["GITHUB", "GitHub"], ["GITLAB_SELF_MANAGED", "GitLab, self-managed"]] as const;

type Row = [keyof FilterCriteria & string, string, FieldKind?, Pick<FilterField, "words" | "suggest">?];
function group(name: string, rows: Row[]): FilterField[] {
  return rows.map(([key, label, kind, more]) => ({ key, label, group: name, kind: kind ?? "text", ...more }));
}

export const filterFields: readonly FilterField[] = [
  ...group("Finding", [
    ["severity", "Severity", "text", { words: severities }],
    ["findingStatus", "Status", "text", { words: statuses }],
    ["inspectorScore", "Vigil's score", "number"],
    ["title", "Title"],
    ["findingType", "Finding type", "text", { words: findingTypes }],
    ["firstObservedAt", "First observed", "date"],
    ["lastObservedAt", "Last observed", "date"],
    ["updatedAt", "Updated", "date"],
    ["awsAccountId", "Account"],
    ["findingArn", "Finding ARN"],
  ]),
  ...group("Vulnerability", [
    ["vulnerabilityId", "Vulnerability", "text", { suggest: "vulnerabilities" }],
    ["exploitAvailable", "Exploit known", "text", { words: noYes }],
    ["fixAvailable", "Fix available", "text", { words: fixes }],
    ["epssScore", "EPSS", "number"],
    ["vendorSeverity", "Vendor's severity"],
    ["vulnerabilitySource", "Source of the vulnerability"],
    ["relatedVulnerabilities", "Related vulnerability", "text", { suggest: "vulnerabilities" }],
    ["vulnerablePackages", "Package", "package", { suggest: "packages" }],
  ]),
  ...group("Resource", [
    ["resourceId", "Resource", "text", { suggest: "resources" }],
    ["resourceType", "Resource type", "text", { words: resourceTypes }],
    ["resourceTags", "Resource tag", "tag"],
    ["componentId", "Component"],
    ["componentType", "Component type"],
    ["networkProtocol", "Protocol", "text", { words: protocols }],
    ["portRange", "Port", "port"],
  ]),
  ...group("Host", [
    ["ec2InstanceImageId", "Machine image"],
    ["ec2InstanceVpcId", "VPC"],
    ["ec2InstanceSubnetId", "Subnet"],
  ]),
  ...group("Container image", [
    ["ecrImageRepositoryName", "Repository"],
    ["ecrImageTags", "Image tag"],
    ["ecrImageHash", "Image digest"],
    ["ecrImageRegistry", "Registry"],
    ["ecrImageArchitecture", "Image architecture"],
    ["ecrImagePushedAt", "Image pushed", "date"],
    ["ecrImageLastInUseAt", "Image last in use", "date"],
    ["ecrImageInUseCount", "Image in use, times", "number"],
  ]),
  ...group("Function", [
    ["lambdaFunctionName", "Function name"],
    ["lambdaFunctionRuntime", "Function runtime"],
    ["lambdaFunctionLayers", "Function layer"],
    ["lambdaFunctionExecutionRoleArn", "Execution role"],
    ["lambdaFunctionLastModifiedAt", "Function modified", "date"],
  ]),
  ...group("Code", [
    ["codeRepositoryProjectName", "Code repository"],
    ["codeRepositoryProviderType", "Code host", "text", { words: codeHosts }],
    ["codeVulnerabilityDetectorName", "Detector"],
    ["codeVulnerabilityDetectorTags", "Detector tag"],
    ["codeVulnerabilityFilePath", "Code file"],
  ]),
  ...group("Cloud", [
    ["cloudProvider", "Cloud", "text", { words: providers }],
    ["cloudProviderRegion", "Cloud region"],
    ["cloudProviderAccountId", "Cloud account"],
    ["cloudProviderOrgId", "Cloud organisation"],
    ["cloudVmImageReference", "Cloud machine image"],
    ["cloudVmNetworkId", "Cloud network"],
    ["cloudVmSubnetIds", "Cloud subnet"],
    ["cloudImageRepositoryName", "Cloud image repository"],
    ["cloudImageRegistry", "Cloud image registry"],
    ["cloudImageDigest", "Cloud image digest"],
    ["cloudImageTags", "Cloud image tag"],
    ["cloudImageArchitecture", "Cloud image architecture"],
    ["cloudImagePushedAt", "Cloud image pushed", "date"],
    ["cloudImageLastInUseAt", "Cloud image last in use", "date"],
    ["cloudImageInUseCount", "Cloud image in use, times", "number"],
    ["cloudServerlessFunctionName", "Cloud function name"],
    ["cloudServerlessFunctionRuntime", "Cloud function runtime"],
    ["cloudServerlessFunctionLastModifiedAt", "Cloud function modified", "date"],
    ["cloudServerlessFunctionExecutionRole", "Cloud function role"],
  ]),
];

/** The word people use for a value. */
export function wordOf(field: FilterField, value: string): string {
  return field.words?.find(([known]) => known === value)?.[1] ?? value;
}
