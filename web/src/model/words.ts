// Words of Inspector's enumerations for people.

const acronyms = new Set(["OS", "EC2", "ECR", "SSM", "EBS", "VM", "IAM", "KMS", "AWS", "SBOM", "ID"]);

/** "UNSUPPORTED_OS" is "Unsupported OS". */
export function words(name: string): string {
  const text = name
    .split("_")
    .map((word) => (acronyms.has(word) ? word : word.toLowerCase()))
    .join(" ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}
