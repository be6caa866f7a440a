#include "findings/ingest_document.h"

#include <gtest/gtest.h>

namespace vigil::findings {
namespace {

Resource web() {
  Resource out;
  out.type = "AWS_EC2_INSTANCE";
  out.id = "i-0123456789abcdef0";
  out.platform = "DEBIAN_12";
  out.name = "web-1";
  out.os_name = "Debian GNU/Linux 12 (bookworm)";
  out.ipv4 = {"192.0.2.7"};
  out.ipv6 = {"2001:db8::7"};
  out.tags = {{"vigil:kind", "host"}, {"vigil:name", "\"web\""}};
  return out;
}

inventory::Inventory bash() {
  inventory::Inventory out;
  model::Package package;
  package.name = package.source_name = "bash";
  package.version = package.source_version = "5.2";
  out.packages = {package};
  return out;
}

TEST(IngestDocument, CarriesTheResourceItsFactsAndItsInventory) {
  const ResourceFacts facts = {score::Exposure::InsideOnly, score::Fact::Yes, score::Fact::No,
                               score::ResourceKind::Function};
  const std::string inventory = inventory::inventory_document(bash());
  const auto read = parse_ingest_document(ingest_document(web(), facts, inventory));
  ASSERT_TRUE(read) << read.error().text();
  const Resource expected = web();
  EXPECT_EQ(read->resource.type, expected.type);
  EXPECT_EQ(read->resource.id, expected.id);
  EXPECT_EQ(read->resource.platform, expected.platform);
  EXPECT_EQ(read->resource.name, expected.name);
  EXPECT_EQ(read->resource.os_name, expected.os_name);
  EXPECT_EQ(read->resource.ipv4, expected.ipv4);
  EXPECT_EQ(read->resource.ipv6, expected.ipv6);
  EXPECT_EQ(read->resource.tags, expected.tags);
  EXPECT_EQ(read->facts.exposure, facts.exposure);
  EXPECT_EQ(read->facts.reaches_secrets, facts.reaches_secrets);
  EXPECT_EQ(read->facts.can_write, facts.can_write);
  EXPECT_EQ(read->facts.kind, facts.kind);
  ASSERT_TRUE(read->inventory);
  EXPECT_FALSE(read->delta);
  EXPECT_EQ(inventory::inventory_document(*read->inventory), inventory);
}

TEST(IngestDocument, CarriesTheDetailsOfEveryType) {
  Resource sent = web();
  sent.instance = {"t3.micro", "ami-1", "key", "arn:p", "vpc-1", "subnet-1", {"sg-1", "sg-2"}, 7};
  sent.image = {"library/nginx", "docker.io", "sha256:1", "amd64", "me", {"1", "latest"}, 8, 9, 0};
  sent.function = {"f",     "PYTHON_3_11", "d=",     "3",   "arn:r",   {"arn:l"},
                   "vpc-2", {"subnet-2"},  {"sg-3"}, "ZIP", {"ARM64"}, 10};
  sent.repository = {"project", "arn:i", "GITHUB"};
  const std::string inventory = inventory::inventory_document(bash());
  const std::string document = ingest_document(sent, {}, inventory);
  const auto read = parse_ingest_document(document);
  ASSERT_TRUE(read) << read.error().text();
  EXPECT_EQ(ingest_document(read->resource, {}, inventory), document);
  const Resource& got = read->resource;
  ASSERT_TRUE(got.instance && got.image && got.function && got.repository);
  EXPECT_EQ(got.instance->type + got.instance->image_id + got.instance->key_name,
            "t3.microami-1key");
  EXPECT_EQ(got.instance->security_group_ids, sent.instance->security_group_ids);
  EXPECT_EQ(got.instance->launched, 7);
  EXPECT_EQ(got.image->tags, sent.image->tags);
  EXPECT_EQ(got.image->in_use_count, 0) << "known to be none is not unknown";
  EXPECT_EQ(got.function->runtime, "PYTHON_3_11");
  EXPECT_EQ(got.function->architectures, std::vector<std::string>{"ARM64"});
  EXPECT_EQ(got.function->last_modified, 10);
  EXPECT_EQ(got.repository->provider_type, "GITHUB");
}

TEST(IngestDocument, CarriesADelta) {
  inventory::Inventory now = bash();
  now.packages[0].version = "5.3";
  const std::string delta = inventory::delta_document(bash(), now);
  const auto read = parse_ingest_document(ingest_delta_document(web(), {}, delta));
  ASSERT_TRUE(read) << read.error().text();
  ASSERT_TRUE(read->delta);
  EXPECT_FALSE(read->inventory);
  const auto applied = inventory::apply_delta(bash(), *read->delta);
  ASSERT_TRUE(applied);
  EXPECT_EQ(applied->packages[0].version, "5.3");
}

TEST(IngestDocument, FactsThatAreNotSaidAreUnknown) {
  const auto read = parse_ingest_document(
      R"({"resource":{"type":"t","id":"i"},"inventory":{"vigilInventory":1}})");
  ASSERT_TRUE(read);
  EXPECT_EQ(read->facts.exposure, score::Exposure::Unknown);
  EXPECT_EQ(read->facts.reaches_secrets, score::Fact::Unknown);
  EXPECT_EQ(read->facts.can_write, score::Fact::Unknown);
}

TEST(IngestDocument, AnErrorNamesTheMember) {
  const std::string head = R"({"resource":{"type":"t","id":"i"},)";
  const struct {
    std::string document;
    const char* error;
  } kCases[] = {
      {"7", "not an object"},
      {R"({"inventory":{"vigilInventory":1}})", "resource: missing"},
      {R"({"resource":{"id":"i"}})", "resource.type: missing"},
      {R"({"resource":{"type":"t"}})", "resource.id: missing"},
      {R"({"resource":{"type":"t","id":"i","tags":{"a":1}}})", "resource.tags.a: not a text"},
      {R"({"resource":{"type":"t","id":"i","image":{"pushed":"x"}}})",
       "resource.image.pushed: not a whole number of 0 or more"},
      {R"({"resource":{"type":"t","id":"i"}})", "neither an inventory nor a delta"},
      {head + R"("facts":{"exposure":"open"}})",
       "facts.exposure: not one of unknown, internet, inside, none"},
      {head + R"("inventory":{"vigilInventory":1,"packages":[{}]}})",
       "inventory.packages[0].name: missing"},
      {head + R"("delta":{"vigilInventoryDelta":1}})", "delta.base: missing"},
      {head + R"("inventory":{}})",
       "inventory.vigilInventory: missing (is this a document of another kind?)"},
  };
  for (const auto& [document, error] : kCases) {
    const auto read = parse_ingest_document(document);
    ASSERT_FALSE(read) << document;
    EXPECT_EQ(read.error().text(), error) << document;
  }
}

}  // namespace
}  // namespace vigil::findings
