// The newest client there is, the SDK for JavaScript: its paginators, its errors, the members that only the
// newest model has. Run by sdk.py, which says by the environment where the server and the SDK are.
import assert from "node:assert/strict";
import { createRequire } from "node:module";

const require = createRequire(process.env.VIGIL_NODE_MODULES + "/");
const sdk = require("@aws-sdk/client-inspector2");
const client = new sdk.Inspector2Client({ endpoint: process.env.VIGIL_URL, maxAttempts: 1 });
const account = process.env.VIGIL_ACCOUNT;
const hosts = Number(process.env.VIGIL_HOSTS);

async function all(paginate, key, input) {
  const found = [];
  for await (const page of paginate({ client, pageSize: input.maxResults }, input)) found.push(...(page[key] ?? []));
  return found;
}

async function refused(command, name, status) {
  await assert.rejects(client.send(command), (error) => {
    assert.equal(error.name, name);
    assert.equal(error.$metadata.httpStatusCode, status);
    return true;
  });
}

const findings = await all(sdk.paginateListFindings, "findings", { maxResults: 10 });
assert.equal(findings.length, Number(process.env.VIGIL_FINDINGS));
assert.equal(new Set(findings.map((finding) => finding.findingArn)).size, findings.length);
assert.ok(findings[0].firstObservedAt instanceof Date);
assert.equal(typeof findings[0].resources[0].details.vm, "object");

for (const type of Object.values(sdk.AggregationType)) {
  const got = await client.send(new sdk.ListFindingAggregationsCommand({ aggregationType: type }));
  assert.equal(got.aggregationType, type);
}
const machines = await all(sdk.paginateListFindingAggregations, "responses", {
  aggregationType: "VM_INSTANCE",
  aggregationRequest: { vmInstanceAggregation: { sortBy: "ALL" } },
  maxResults: 3,
});
assert.equal(machines.length, hosts);

const coverage = await all(sdk.paginateListCoverage, "coveredResources", { maxResults: 3 });
assert.ok(coverage.length >= hosts);

const { arn } = await client.send(new sdk.CreateFilterCommand({
  name: "by-the-sdk", action: "SUPPRESS", tags: { team: "blue" },
  filterCriteria: { cloudProvider: [{ comparison: "EQUALS", value: "AZURE" }] },
}));
const { filters } = await client.send(new sdk.ListFiltersCommand({ arns: [arn] }));
assert.deepEqual(filters[0].criteria, { cloudProvider: [{ comparison: "EQUALS", value: "AZURE" }] });
await client.send(new sdk.TagResourceCommand({ resourceArn: arn, tags: { "a/b": "c d" } }));
const { tags } = await client.send(new sdk.ListTagsForResourceCommand({ resourceArn: arn }));
assert.deepEqual(tags, { team: "blue", "a/b": "c d" });
await client.send(new sdk.UntagResourceCommand({ resourceArn: arn, tagKeys: ["a/b", "team"] }));
await client.send(new sdk.DeleteFilterCommand({ arn }));
await refused(new sdk.DeleteFilterCommand({ arn }), "ResourceNotFoundException", 404);

const enabled = await client.send(new sdk.EnableCommand({ resourceTypes: ["ECR"] }));
assert.equal(enabled.accounts[0].resourceStatus.ecr, "ENABLED");
assert.deepEqual(enabled.failedAccounts, []);
const configuration = await client.send(new sdk.GetConfigurationCommand({ accountId: account }));
assert.equal(configuration.ec2Configuration.vmScannerState.activated, false);

await refused(new sdk.ListFindingsCommand({ nextToken: "made up" }), "ValidationException", 400);
await refused(new sdk.ListMembersCommand({}), "UnknownOperationException", 404);
console.log("ok");
