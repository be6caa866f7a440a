#include "source/scanned_document.h"

#include <gtest/gtest.h>

#include "inventory/document.h"

namespace vigil::source {
namespace {

TEST(ScannedDocument, ReadsBackWhatItWrites) {
  Scanned scanned;
  scanned.name = "x:1";
  scanned.machine = {.machine_id = "0123", .host_name = "web"};
  scanned.image = {.reference = "x:1",
                   .registry = "r",
                   .repository = "x",
                   .tags = {"1", "latest"},
                   .digest = "sha256:1",
                   .config_digest = "sha256:2",
                   .architecture = "arm64/v8",
                   .os = "linux",
                   .author = "me",
                   .created = 123,
                   .layers = {{"sha256:3", "sha256:4", 5, "RUN make", true}, {}},
                   .base_image = "debian:12"};
  scanned.function = {.name = "f",
                      .runtime = "GO_1_X",
                      .code_digest = "abc=",
                      .layers = {"l.zip"},
                      .architectures = {"ARM64"}};
  scanned.repository = {
      .name = "o/n", .remote = "https://x", .branch = "main", .commit = "c", .dirty = true};
  model::Package package;
  package.name = package.source_name = "p";
  scanned.inventory.packages.push_back(package);
  const std::string document = scanned_document(scanned);
  const auto read = parse_scanned(document);
  ASSERT_TRUE(read) << read.error().text();
  EXPECT_EQ(scanned_document(*read), document);
  EXPECT_EQ(read->image->layers[0].command, "RUN make");
  EXPECT_EQ(read->machine->host_name, "web");
  EXPECT_TRUE(read->repository->dirty);
}

TEST(ScannedDocument, WhatIsNoneIsNamed) {
  EXPECT_FALSE(parse_scanned("[]"));
  EXPECT_FALSE(parse_scanned(R"({"inventory":{}})"));
  const auto read = parse_scanned(R"({"image":{"layers":[{"size":-1}]}})");
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().where, "image.layers[0].size");
}

TEST(RequestDocument, CarriesWhatAnotherProcessNeeds) {
  Request request;
  request.argument = "/x";
  request.options["--platform"] = "linux/amd64";
  request.scan.walk = false;
  request.scan.limits.excluded = {"/proc"};
  request.scan.passed_over = {"/bad"};
  request.scan.catalogers = inventory::all_catalogers().first(1);
  const auto read = parse_request(request_document("dir", request));
  ASSERT_TRUE(read) << read.error().text();
  EXPECT_EQ(read->target, "dir");
  EXPECT_EQ(read->request.argument, "/x");
  EXPECT_EQ(read->request.option("--platform"), "linux/amd64");
  EXPECT_FALSE(read->request.scan.walk);
  EXPECT_EQ(read->request.scan.limits.excluded, std::vector<std::string>{"/proc"});
  EXPECT_TRUE(read->request.scan.passed_over.contains("/bad"));
  ASSERT_EQ(read->catalogers.size(), 1U);
  EXPECT_EQ(read->catalogers[0], inventory::all_catalogers()[0]);
}

}  // namespace
}  // namespace vigil::source
