#include "findings/resource.h"

#include "findings/document.h"
#include "findings/testing.h"

namespace vigil::findings {
namespace {

std::vector<std::string> texts(const Resource& resource) {
  std::vector<std::string> lines;
  for (const Attribute& attribute : attributes_of(resource)) {
    std::string line(filter_fields()[attribute.field].name);
    line += attribute.key.empty() ? "=" : "[" + attribute.key + "]=";
    line += attribute.text;
    if (attribute.number) line += " #" + std::to_string(std::llround(*attribute.number));
    lines.push_back(line);
  }
  return lines;
}

TEST(AttributesOf, AnInstanceUnderBothNames) {
  EXPECT_THAT(
      texts(testing::instance()),
      ::testing::ElementsAre("ec2InstanceImageId=ami-1", "ec2InstanceVpcId=vpc-1",
                             "ec2InstanceSubnetId=subnet-1", "cloudProvider=AWS",
                             "cloudProviderAccountId=123456789012", "cloudVmImageReference=ami-1",
                             "cloudVmNetworkId=vpc-1", "cloudVmSubnetIds=subnet-1",
                             "resourceTags[team]=blue", "resourceTags[vigil:kind]=host"));
}

TEST(AttributesOf, AnImageUnderBothNames) {
  const std::string digest = "sha256:" + std::string(64, 'a');
  EXPECT_THAT(
      texts(testing::image()),
      ::testing::ElementsAre(
          "ecrImageArchitecture=amd64", "ecrImageRegistry=docker.io",
          "ecrImageRepositoryName=library/nginx", "ecrImageTags=1.27", "ecrImageTags=latest",
          "ecrImageHash=" + digest, "cloudProvider=AWS", "cloudProviderAccountId=123456789012",
          "cloudImageRepositoryName=library/nginx", "cloudImageRegistry=docker.io",
          "cloudImageDigest=" + digest, "cloudImageTags=1.27", "cloudImageTags=latest",
          "cloudImageArchitecture=amd64", "ecrImagePushedAt=1700000000 #1700000000",
          "ecrImageLastInUseAt=1700000100 #1700000100", "cloudImagePushedAt=1700000000 #1700000000",
          "cloudImageLastInUseAt=1700000100 #1700000100", "ecrImageInUseCount=0 #0",
          "cloudImageInUseCount=0 #0"));
}

TEST(AttributesOf, AFunctionUnderBothNames) {
  EXPECT_THAT(texts(testing::function()),
              ::testing::ElementsAre(
                  "lambdaFunctionName=resize",
                  "lambdaFunctionLayers=arn:aws:lambda:us-east-1:123456789012:layer:pillow:3",
                  "lambdaFunctionRuntime=PYTHON_3_11",
                  "lambdaFunctionExecutionRoleArn=arn:aws:iam::123456789012:role/resize",
                  "cloudProvider=AWS", "cloudProviderAccountId=123456789012",
                  "cloudProviderOrgId=o-abcdefghij", "cloudServerlessFunctionName=resize",
                  "cloudServerlessFunctionRuntime=PYTHON_3_11",
                  "cloudServerlessFunctionExecutionRole=arn:aws:iam::123456789012:role/resize",
                  "lambdaFunctionLastModifiedAt=1700000000 #1700000000",
                  "cloudServerlessFunctionLastModifiedAt=1700000000 #1700000000"));
}

TEST(AttributesOf, ARepository) {
  EXPECT_THAT(texts(testing::repository()),
              ::testing::ElementsAre("codeRepositoryProjectName=shop/backend",
                                     "codeRepositoryProviderType=GITHUB", "cloudProvider=AWS",
                                     "cloudProviderAccountId=123456789012"));
}

TEST(AttributesOf, WhatIsNotKnownIsAbsentAndWhatIsDoubledIsOnce) {
  Resource resource;
  resource.image = ImageDetails{};
  resource.image->tags = {"a", "a", ""};
  EXPECT_THAT(texts(resource),
              ::testing::ElementsAre("ecrImageTags=a", "cloudProvider=AWS", "cloudImageTags=a"));
}

TEST(AttributesOf, OnlyFieldsOfResourcesWithoutColumn) {
  for (const Resource& resource :
       {testing::instance(), testing::image(), testing::function(), testing::repository()}) {
    for (const Attribute& attribute : attributes_of(resource)) {
      const FilterField& field = filter_fields()[attribute.field];
      EXPECT_EQ(field.scope, FieldScope::Resource) << field.name;
      EXPECT_EQ(field.column, "") << field.name;
      const bool numeric = field.kind == FieldKind::Date || field.kind == FieldKind::Number;
      EXPECT_EQ(attribute.number.has_value(), numeric) << field.name;
    }
  }
}

TEST(AttributesOf, EveryFieldOfResourcesCanHaveAValue) {
  std::set<std::uint16_t> given;
  for (const Resource& resource :
       {testing::instance(), testing::image(), testing::function(), testing::repository()}) {
    for (const Attribute& attribute : attributes_of(resource)) given.insert(attribute.field);
  }
  for (std::size_t i = 0; i < filter_fields().size(); ++i) {
    const FilterField& field = filter_fields()[i];
    if (field.scope == FieldScope::Resource && field.column.empty()) {
      EXPECT_TRUE(given.contains(static_cast<std::uint16_t>(i))) << field.name;
    }
  }
}

TEST(AttributeText, IsCutAtWholeCharactersAndHasNoControlCharacters) {
  EXPECT_EQ(attribute_text("plain"), "plain");
  EXPECT_EQ(attribute_text(std::string_view("a\0b", 3)), "a b");
  EXPECT_EQ(attribute_text(std::string(2000, 'x')), std::string(1024, 'x'));
  std::string accents = "x";
  for (int i = 0; i < 600; ++i) accents += "é";
  EXPECT_EQ(attribute_text(accents), accents.substr(0, 1023));
  EXPECT_EQ(attribute_text("\xFF"), "\xEF\xBF\xBD");
}

TEST(ResourceDocument, AnInstanceUnderBothNames) {
  EXPECT_EQ(
      resource_document(testing::instance()),
      R"({"type":"AWS_EC2_INSTANCE","id":"i-0123456789abcdef0","partition":"aws",)"
      R"("region":"us-east-1","tags":{"team":"blue","vigil:kind":"host"},)"
      R"("details":{"awsEc2Instance":{"type":"t3.micro","imageId":"ami-1",)"
      R"("ipV4Addresses":["10.0.0.5","203.0.113.9"],"ipV6Addresses":["2001:db8::5"],)"
      R"("keyName":"key","iamInstanceProfileArn":"arn:aws:iam::123456789012:instance-profile/web",)"
      R"("vpcId":"vpc-1","subnetId":"subnet-1","launchedAt":1700000000,"platform":"DEBIAN_12"},)"
      R"("vm":{"type":"t3.micro","vmName":"web-1","vmImageReference":"ami-1",)"
      R"("ipV4Addresses":["10.0.0.5","203.0.113.9"],"ipV6Addresses":["2001:db8::5"],)"
      R"("networkId":"vpc-1","subnetIds":["subnet-1"],"securityGroupIds":["sg-1","sg-2"],)"
      R"("launchedAt":1700000000,"platform":"DEBIAN_12",)"
      R"("executionRole":"arn:aws:iam::123456789012:instance-profile/web","keyName":"key"}},)"
      R"("provider":"AWS","providerAccountId":"123456789012"})");
}

TEST(ResourceDocument, AHostOfWhichLittleIsKnown) {
  Resource resource;
  resource.id = "i-1";
  resource.account = "000000000000";
  resource.region = "us-east-1";
  EXPECT_EQ(resource_document(resource),
            R"({"type":"AWS_EC2_INSTANCE","id":"i-1","partition":"aws","region":"us-east-1",)"
            R"("details":{"awsEc2Instance":{},"vm":{}},"provider":"AWS",)"
            R"("providerAccountId":"000000000000"})");
}

TEST(ResourceDocument, AnImageUnderBothNames) {
  const std::string digest = "sha256:" + std::string(64, 'a');
  EXPECT_EQ(resource_document(testing::image()),
            R"({"type":"AWS_ECR_CONTAINER_IMAGE",)"
            R"("id":"arn:aws:ecr:us-east-1:123456789012:repository/library/nginx/)" +
                digest +
                R"(","partition":"aws","region":"us-east-1","details":{"awsEcrContainerImage":{)"
                R"("repositoryName":"library/nginx","imageTags":["latest","1.27"],)"
                R"("pushedAt":1700000000,"author":"somebody","architecture":"amd64",)"
                R"("imageHash":")" +
                digest +
                R"(","registry":"docker.io","platform":"ALPINE_LINUX_3_21",)"
                R"("lastInUseAt":1700000100,"inUseCount":0},"image":{)"
                R"("repositoryName":"library/nginx","imageTags":["latest","1.27"],)"
                R"("pushedAt":1700000000,"author":"somebody","architecture":"amd64",)"
                R"("imageDigest":")" +
                digest +
                R"(","registry":"docker.io","platform":"ALPINE_LINUX_3_21",)"
                R"("lastInUseAt":1700000100,"inUseCount":0}},)"
                R"("provider":"AWS","providerAccountId":"123456789012"})");
}

TEST(ResourceDocument, AFunctionUnderBothNames) {
  EXPECT_EQ(
      resource_document(testing::function()),
      R"({"type":"AWS_LAMBDA_FUNCTION",)"
      R"("id":"arn:aws:lambda:us-east-1:123456789012:function:resize:$LATEST",)"
      R"("partition":"aws","region":"us-east-1","details":{"awsLambdaFunction":{)"
      R"("functionName":"resize","runtime":"PYTHON_3_11","codeSha256":"c29tZXRoaW5n",)"
      R"("version":"$LATEST","executionRoleArn":"arn:aws:iam::123456789012:role/resize",)"
      R"("layers":["arn:aws:lambda:us-east-1:123456789012:layer:pillow:3"],)"
      R"("vpcConfig":{"subnetIds":["subnet-1"],"securityGroupIds":["sg-1"],"vpcId":"vpc-1"},)"
      R"("packageType":"ZIP","architectures":["ARM64"],"lastModifiedAt":1700000000},)"
      R"("serverlessFunction":{"serverlessFunctionName":"resize","runtime":"PYTHON_3_11",)"
      R"("codeDigest":"c29tZXRoaW5n","version":"$LATEST",)"
      R"("executionRole":"arn:aws:iam::123456789012:role/resize",)"
      R"("layers":["arn:aws:lambda:us-east-1:123456789012:layer:pillow:3"],)"
      R"("subnetIds":["subnet-1"],"securityGroupIds":["sg-1"],"networkId":"vpc-1",)"
      R"("packageType":"ZIP","architectures":["ARM64"],"lastModifiedAt":1700000000}},)"
      R"("provider":"AWS","providerAccountId":"123456789012","providerOrgId":"o-abcdefghij"})");
}

TEST(ResourceDocument, ARepository) {
  EXPECT_THAT(
      resource_document(testing::repository()),
      ::testing::HasSubstr(R"("details":{"codeRepository":{"projectName":"shop/backend",)"
                           R"("integrationArn":"arn:aws:inspector2:us-east-1:123456789012:)"
                           R"(codesecurity-integration/00000000-0000-4000-8000-000000000000",)"
                           R"("providerType":"GITHUB"}})"));
}

TEST(ResourceDocument, TagsKeepWithinInspectorsBounds) {
  Resource resource;
  resource.tags = {{std::string(200, 'k'), std::string(300, 'v')}};
  EXPECT_THAT(resource_document(resource),
              ::testing::HasSubstr("{\"" + std::string(128, 'k') + "\":\"" + std::string(256, 'v') +
                                   "\"}"));
}

}  // namespace
}  // namespace vigil::findings
