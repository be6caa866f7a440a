import { expect, test } from "vitest";
import { displayName, kindName, nameFromId, ownTags, platformName } from "./resource";

const image = "arn:aws:ecr:us-east-1:000000000000:repository/team/app/sha256:1cc137cad60e530617911aaf84aa280a907d213a3e15f0c0c10e7cffd957114b";

test("a name is what its tag says, else what it was given, else what the id tells", () => {
  expect(displayName({ id: "i-1", tags: { "vigil:name": "db-1" } }, "other")).toBe("db-1");
  expect(displayName({ id: "i-1" }, "other")).toBe("other");
  expect(displayName({ id: image })).toBe("team/app@1cc137cad60e");
  expect(displayName({ id: "i-1" })).toBe("i-1");
  expect(displayName(undefined)).toBe("Unknown");
});

test("a function's ARN ends in its name and version", () => {
  expect(nameFromId("arn:aws:lambda:us-east-1:000000000000:function:pay:3")).toBe("pay");
});

test("the kind is the tag's, else the type's", () => {
  expect(kindName({ type: "AWS_EC2_INSTANCE", tags: { "vigil:kind": "directory" } })).toBe("Directory");
  expect(kindName({ type: "AWS_ECR_CONTAINER_IMAGE" })).toBe("Container image");
});

test("Vigil's own tags are not people's", () => {
  expect(ownTags({ tags: { "vigil:name": "db-1", team: "payments" } })).toEqual([["team", "payments"]]);
});

test.each([
  ["DEBIAN_12", "Debian 12"],
  ["UBUNTU_22_04", "Ubuntu 22.04"],
  ["AMAZON_LINUX_2", "Amazon Linux 2"],
  ["RHEL_9", "RHEL 9"],
])("%s is %s", (platform, name) => {
  expect(platformName(platform)).toBe(name);
});
