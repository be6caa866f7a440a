// What was scanned, under the identity AWS's clients know: Inspector2's Resource and its details.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "findings/filter_fields.h"

namespace vigil::findings {

// Texts that are not known are empty, times that are not known 0; both are left out of documents.

/// Of AWS_EC2_INSTANCE, besides the addresses and the platform that every resource may have.
struct InstanceDetails {
  std::string type;      ///< "t3.micro"
  std::string image_id;  ///< "ami-..."
  std::string key_name;
  std::string profile_arn;  ///< of the IAM instance profile
  std::string vpc_id;
  std::string subnet_id;
  std::vector<std::string> security_group_ids;
  std::int64_t launched = 0;
};

/// Of AWS_ECR_CONTAINER_IMAGE, whatever registry it really lies in.
struct ImageDetails {
  std::string repository;  ///< "library/nginx"
  std::string registry;    ///< the account of an ECR registry, else the host: "docker.io"
  std::string digest;      ///< "sha256:" and 64 hexadecimal digits
  std::string architecture;
  std::string author;
  std::vector<std::string> tags;
  std::int64_t pushed = 0;
  std::int64_t last_in_use = 0;
  std::optional<std::int64_t> in_use_count;  ///< containers that run it
};

/// Of AWS_LAMBDA_FUNCTION.
struct FunctionDetails {
  std::string name;
  std::string runtime = "UNSUPPORTED";  ///< Inspector2's Runtime: "PYTHON_3_11"
  std::string code_digest;              ///< Lambda's CodeSha256
  std::string version = "$LATEST";
  std::string role_arn;
  std::vector<std::string> layers;  ///< ARNs
  std::string vpc_id;
  std::vector<std::string> subnet_ids;
  std::vector<std::string> security_group_ids;
  std::string package_type;                ///< "IMAGE", "ZIP"
  std::vector<std::string> architectures;  ///< "X86_64", "ARM64"
  std::int64_t last_modified = 0;
};

/// Of CODE_REPOSITORY.
struct RepositoryDetails {
  std::string project_name;
  std::string integration_arn;
  std::string provider_type;  ///< "GITHUB", "GITLAB_SELF_MANAGED"
};

struct Resource {
  std::string type = "AWS_EC2_INSTANCE";
  std::string id;       ///< "i-" and 17 hexadecimal digits, an ARN
  std::string account;  ///< 12 digits
  std::string region;
  std::string platform;  ///< "DEBIAN_12"
  std::string name;      ///< for people: host name or path
  std::string os_name;   ///< "Debian GNU/Linux 12 (bookworm)"
  std::vector<std::string> ipv4;
  std::vector<std::string> ipv6;
  std::map<std::string, std::string> tags;  ///< its own, and vigil:kind, vigil:name, vigil:origin
  std::string organisation;                 ///< "o-..."; empty if the account is in none
  /// Those of `type`, as far as they are known.
  std::optional<InstanceDetails> instance;
  std::optional<ImageDetails> image;
  std::optional<FunctionDetails> function;
  std::optional<RepositoryDetails> repository;
};

/// The ARN of a function's layer that is known by its file: "/tmp/common.zip" ->
/// "arn:aws:lambda:REGION:ACCOUNT:layer:common:1". What is an ARN stays, and nothing stays nothing.
std::string lambda_layer_arn(const Resource& resource, std::string_view layer);

/// The values of the fields of resource scope that have no column: rows of resource_attribute, each
/// once, ascending by field. Since 2026 Inspector has a provider-neutral twin for most of its AWS fields
/// (cloudVmNetworkId for ec2InstanceVpcId); a resource has both. Texts are cut at kAttributeBytes.
std::vector<Attribute> attributes_of(const Resource& resource);

/// Longer texts could not be indexed by every engine; Inspector's own are shorter, but what calls
/// itself a tag or a path in an image may be anything.
inline constexpr std::size_t kAttributeBytes = 1024;
/// At most kAttributeBytes of it, whole characters, valid UTF-8 without control characters.
std::string attribute_text(std::string_view text);

}  // namespace vigil::findings
