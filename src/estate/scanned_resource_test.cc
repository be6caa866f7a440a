#include "estate/scanned_resource.h"

#include <gtest/gtest.h>

#include "findings/identity.h"

namespace vigil::estate {
namespace {

findings::Resource of(std::string_view target, const source::Scanned& scanned) {
  return scanned_resource(target, scanned, "123456789012", "eu-central-1");
}

TEST(ScannedResource, AnImageIsItsDigestInItsRepository) {
  source::Scanned scanned;
  scanned.name = "docker.io/library/nginx:1.27";
  scanned.image = {.reference = scanned.name,
                   .registry = "docker.io",
                   .repository = "library/nginx",
                   .tags = {"1.27"},
                   .digest = "sha256:ab",
                   .config_digest = {},
                   .architecture = "amd64",
                   .os = "linux",
                   .author = {},
                   .created = 5,
                   .layers = {},
                   .base_image = {}};
  const findings::Resource resource = of("image", scanned);
  EXPECT_EQ(resource.type, "AWS_ECR_CONTAINER_IMAGE");
  EXPECT_EQ(resource.id,
            "arn:aws:ecr:eu-central-1:123456789012:repository/library/nginx/sha256:ab");
  EXPECT_EQ(resource.name, "docker.io/library/nginx:1.27");
  EXPECT_EQ(resource.tags.at("vigil:kind"), "image");
  EXPECT_EQ(resource.image->registry, "docker.io");
  EXPECT_EQ(resource.image->tags, std::vector<std::string>{"1.27"});
  scanned.image->repository.clear();
  scanned.image->registry.clear();
  scanned.image->reference = "/tmp/My Image.tar";
  EXPECT_EQ(of("image", scanned).id,
            "arn:aws:ecr:eu-central-1:123456789012:repository/my-image.tar/sha256:ab");
  EXPECT_EQ(of("image", scanned).image->registry, "123456789012") << "as ECR itself";
}

TEST(ScannedResource, AFunctionIsItsName) {
  source::Scanned scanned;
  scanned.function = {.name = "my function",
                      .runtime = "PYTHON_3_11",
                      .code_digest = "abc=",
                      .layers = {"/x/my layer.zip", "arn:aws:lambda:a:b:layer:c:7"},
                      .architectures = {"X86_64"}};
  const findings::Resource resource = of("function", scanned);
  EXPECT_EQ(resource.type, "AWS_LAMBDA_FUNCTION");
  EXPECT_EQ(resource.id, "arn:aws:lambda:eu-central-1:123456789012:function:my-function:$LATEST");
  EXPECT_EQ(resource.function->runtime, "PYTHON_3_11");
  EXPECT_EQ(resource.function->layers,
            (std::vector<std::string>{"arn:aws:lambda:eu-central-1:123456789012:layer:my-layer:1",
                                      "arn:aws:lambda:a:b:layer:c:7"}));
}

TEST(ScannedResource, ARepositoryIsItsRemoteWhereverItIsCheckedOut) {
  source::Scanned scanned;
  scanned.repository = {.name = "owner/project",
                        .remote = "https://code.example/owner/project",
                        .branch = {},
                        .commit = {},
                        .dirty = false};
  scanned.name = "/a";
  const findings::Resource a = of("repo", scanned);
  scanned.name = "/b";
  EXPECT_EQ(a.id, of("repo", scanned).id);
  EXPECT_EQ(a.type, "CODE_REPOSITORY");
  EXPECT_EQ(a.repository->project_name, "owner/project");
  scanned.repository->remote.clear();
  EXPECT_NE(a.id, of("repo", scanned).id);
}

TEST(ScannedResource, AMountedSystemIsTheHostItWouldBeRunning) {
  const std::string id = "0123456789abcdef0123456789abcdef";
  source::Scanned scanned;
  scanned.name = "/mnt";
  scanned.machine = {.machine_id = id, .host_name = "web-1"};
  const findings::Resource resource = of("disk", scanned);
  EXPECT_EQ(resource.id, findings::instance_id("host\n" + id));
  EXPECT_EQ(resource.name, "web-1");
  EXPECT_EQ(resource.tags.at("vigil:kind"), "host");
  EXPECT_EQ(resource.tags.at("vigil:name"), "web-1");
  scanned.machine->machine_id.clear();
  EXPECT_EQ(of("host", scanned).id, findings::instance_id("directory\n/mnt"));
  EXPECT_EQ(of("disk", scanned).id, findings::instance_id("disk\n/mnt"));
}

TEST(ScannedResource, ABillOfMaterialsIsItsFile) {
  source::Scanned scanned;
  scanned.name = "/x/bom.json";
  const findings::Resource resource = of("sbom", scanned);
  EXPECT_EQ(resource.id, findings::instance_id("sbom\n/x/bom.json"));
  EXPECT_EQ(resource.tags.at("vigil:kind"), "sbom");
}

}  // namespace
}  // namespace vigil::estate
