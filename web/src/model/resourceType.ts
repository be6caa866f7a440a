// What Inspector's types of resources are called.

const names: Record<string, [one: string, many: string]> = {
  AWS_EC2_INSTANCE: ["Host", "Hosts"],
  AWS_ECR_CONTAINER_IMAGE: ["Container image", "Container images"],
  AWS_ECR_REPOSITORY: ["Image repository", "Image repositories"],
  AWS_LAMBDA_FUNCTION: ["Function", "Functions"],
  CODE_REPOSITORY: ["Code repository", "Code repositories"],
};

export function resourceTypeName(type: string): string {
  return names[type]?.[0] ?? type;
}
export function resourceTypePlural(type: string): string {
  return names[type]?.[1] ?? type;
}
