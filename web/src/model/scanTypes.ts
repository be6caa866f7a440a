// The five kinds of scanning of Inspector's API, as Vigil means them.
import type { ResourceScanType } from "@aws-sdk/client-inspector2";

export interface ScanType {
  type: ResourceScanType;
  /** Its member in BatchGetAccountStatus. */
  state: "ec2" | "ecr" | "lambda" | "lambdaCode" | "codeRepository";
  name: string;
  description: string;
  /** Of whose findings close when it is turned off. */
  resourceType: string;
}

export const scanTypes: readonly ScanType[] = [
  { type: "EC2", state: "ec2", name: "Hosts", description: "Machines, real and virtual, and disk images of them", resourceType: "AWS_EC2_INSTANCE" },
  { type: "ECR", state: "ecr", name: "Container images", description: "Images of any registry", resourceType: "AWS_ECR_CONTAINER_IMAGE" },
  { type: "LAMBDA", state: "lambda", name: "Functions", description: "Packages in serverless functions and their layers", resourceType: "AWS_LAMBDA_FUNCTION" },
  { type: "LAMBDA_CODE", state: "lambdaCode", name: "Code of functions", description: "Kept for the API's sake: Vigil does not analyse code yet. Needs functions.", resourceType: "AWS_LAMBDA_FUNCTION" },
  { type: "CODE_REPOSITORY", state: "codeRepository", name: "Code repositories", description: "What repositories and bills of materials depend on", resourceType: "CODE_REPOSITORY" },
];

/** "3 days" of "DAYS_3". */
export function durationName(duration: string): string {
  const days = /^DAYS_(\d+)$/.exec(duration)?.[1];
  if (days) return `${days} days`;
  return duration === "LIFETIME" ? "As long as it exists" : duration;
}

const days = [3, 7, 14, 30, 60, 90, 180].map((number) => `DAYS_${number}`);
export const pullDurations = days;
export const pushDurations = [...days, "LIFETIME"];

/** Whether `to` watches images for less long than `from`. */
export function isShorter(from: string | undefined, to: string): boolean {
  const place = (duration: string) => pushDurations.indexOf(duration);
  return from !== undefined && place(to) < place(from);
}
