#include "findings/ingest_resource.h"

namespace vigil::findings {
namespace {

using base::Json;
using base::JsonReader;
using base::JsonWriter;

constexpr std::size_t kMostTexts = 10'000;
/// AWS allows 50 tags on a resource.
constexpr std::size_t kMostTags = 50;

// One list of the members of each part; a Writer and a Reader go through it.

template <typename Visitor, typename Details>
void members_of_instance(Visitor& visit, Details& of) {
  visit("type", of.type);
  visit("imageId", of.image_id);
  visit("keyName", of.key_name);
  visit("profileArn", of.profile_arn);
  visit("vpcId", of.vpc_id);
  visit("subnetId", of.subnet_id);
  visit("securityGroupIds", of.security_group_ids);
  visit("launched", of.launched);
}

template <typename Visitor, typename Details>
void members_of_image(Visitor& visit, Details& of) {
  visit("repository", of.repository);
  visit("registry", of.registry);
  visit("digest", of.digest);
  visit("architecture", of.architecture);
  visit("author", of.author);
  visit("tags", of.tags);
  visit("pushed", of.pushed);
  visit("lastInUse", of.last_in_use);
  visit("inUseCount", of.in_use_count);
}

template <typename Visitor, typename Details>
void members_of_function(Visitor& visit, Details& of) {
  visit("name", of.name);
  visit("runtime", of.runtime);
  visit("codeDigest", of.code_digest);
  visit("version", of.version);
  visit("roleArn", of.role_arn);
  visit("layers", of.layers);
  visit("vpcId", of.vpc_id);
  visit("subnetIds", of.subnet_ids);
  visit("securityGroupIds", of.security_group_ids);
  visit("packageType", of.package_type);
  visit("architectures", of.architectures);
  visit("lastModified", of.last_modified);
}

template <typename Visitor, typename Details>
void members_of_repository(Visitor& visit, Details& of) {
  visit("projectName", of.project_name);
  visit("integrationArn", of.integration_arn);
  visit("providerType", of.provider_type);
}

template <typename Visitor, typename R>
void members_of_resource(Visitor& visit, R& of) {
  visit("type", of.type);
  visit("id", of.id);
  visit("platform", of.platform);
  visit("name", of.name);
  visit("osName", of.os_name);
  visit("ipv4", of.ipv4);
  visit("ipv6", of.ipv6);
  visit("tags", of.tags);
  visit("instance", of.instance);
  visit("image", of.image);
  visit("function", of.function);
  visit("repository", of.repository);
}

template <typename Visitor>
void members(Visitor& visit, auto& of) {
  using Details = std::remove_const_t<std::remove_reference_t<decltype(of)>>;
  if constexpr (std::is_same_v<Details, Resource>) members_of_resource(visit, of);
  if constexpr (std::is_same_v<Details, InstanceDetails>) members_of_instance(visit, of);
  if constexpr (std::is_same_v<Details, ImageDetails>) members_of_image(visit, of);
  if constexpr (std::is_same_v<Details, FunctionDetails>) members_of_function(visit, of);
  if constexpr (std::is_same_v<Details, RepositoryDetails>) members_of_repository(visit, of);
}

class Writer {
 public:
  explicit Writer(JsonWriter& json) : json_(json) {}

  void operator()(std::string_view key, const std::string& text) {
    json_.optional_member(key, text);
  }
  void operator()(std::string_view key, const std::int64_t& number) {
    if (number != 0) json_.member(key, number);
  }
  void operator()(std::string_view key, const std::optional<std::int64_t>& number) {
    if (number) json_.member(key, *number);
  }
  void operator()(std::string_view key, const std::vector<std::string>& texts) {
    if (texts.empty()) return;
    json_.key(key).begin_array();
    for (const std::string& text : texts) json_.value(text);
    json_.end_array();
  }
  void operator()(std::string_view key, const std::map<std::string, std::string>& texts) {
    if (texts.empty()) return;
    json_.key(key).begin_object();
    for (const auto& [name, value] : texts) json_.member(name, value);
    json_.end_object();
  }
  template <typename Details>
  void operator()(std::string_view key, const std::optional<Details>& details) {
    if (!details) return;
    json_.key(key).begin_object();
    members(*this, *details);
    json_.end_object();
  }

 private:
  JsonWriter& json_;
};

/// Reads the member that has the name of the one at hand.
class Reader {
 public:
  Reader(JsonReader& reader, std::string_view key, const Json& value)
      : reader_(reader), key_(key), value_(value) {}

  void operator()(std::string_view key, std::string& text) {
    if (key != key_) return;
    std::string given;
    reader_.text(value_, given);
    // Empty is not known, as if it were left out: a function's runtime has a word for that.
    if (!given.empty()) text = std::move(given);
  }
  void operator()(std::string_view key, std::int64_t& number) {
    if (key == key_) reader_.whole(value_, number);
  }
  void operator()(std::string_view key, std::optional<std::int64_t>& number) {
    if (key == key_) reader_.whole(value_, number.emplace());
  }
  void operator()(std::string_view key, std::vector<std::string>& texts) {
    if (key == key_) reader_.texts(value_, kMostTexts, texts);
  }
  void operator()(std::string_view key, std::map<std::string, std::string>& texts) {
    if (key != key_) return;
    reader_.object(value_, [&](std::string_view name, const Json& content) {
      if (texts.size() == kMostTags) return reader_.fail("more than 50", ErrorCode::TooLarge);
      reader_.text(content, texts[std::string(name)]);
    });
  }
  template <typename Details>
  void operator()(std::string_view key, std::optional<Details>& details) {
    if (key == key_) read(reader_, value_, details.emplace());
  }

  template <typename Details>
  static void read(JsonReader& reader, const Json& value, Details& out) {
    reader.object(value, [&](std::string_view key, const Json& content) {
      Reader member(reader, key, content);
      members(member, out);
    });
  }

 private:
  JsonReader& reader_;
  std::string_view key_;
  Json value_;
};

}  // namespace

void write_ingest_resource(JsonWriter& json, const Resource& resource) {
  json.begin_object();
  Writer writer(json);
  members(writer, resource);
  json.end_object();
}

void read_ingest_resource(JsonReader& reader, const Json& value, Resource& out) {
  out = {};
  out.type.clear();
  Reader::read(reader, value, out);
  if (out.type.empty()) reader.fail_at("type", "missing");
  if (out.id.empty()) reader.fail_at("id", "missing");
}

}  // namespace vigil::findings
