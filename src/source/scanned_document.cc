#include "source/scanned_document.h"

#include <algorithm>

#include "base/json_reader.h"
#include "base/json_writer.h"
#include "inventory/document.h"

namespace vigil::source {
namespace {

using base::Json;
using base::JsonReader;
using base::JsonWriter;

constexpr std::size_t kMostTexts = 100'000;
constexpr std::size_t kMostLayers = 10'000;

void write_image(JsonWriter& json, const ImageFacts& image) {
  json.key("image").begin_object();
  json.optional_member("reference", image.reference).optional_member("registry", image.registry);
  json.optional_member("repository", image.repository).optional_member("tags", image.tags);
  json.optional_member("digest", image.digest);
  json.optional_member("configDigest", image.config_digest);
  json.optional_member("architecture", image.architecture).optional_member("os", image.os);
  json.optional_member("author", image.author).member("created", image.created);
  json.optional_member("baseImage", image.base_image).key("layers").begin_array();
  for (const ImageLayer& layer : image.layers) {
    json.begin_object().optional_member("digest", layer.digest);
    json.optional_member("diffId", layer.diff_id).member("size", layer.size);
    json.optional_member("command", layer.command).member("base", layer.base).end_object();
  }
  json.end_array().end_object();
}

void read_layer(JsonReader& reader, const Json& value, ImageLayer& out) {
  reader.object(value, [&](std::string_view key, const Json& content) {
    if (key == "digest") reader.text(content, out.digest);
    if (key == "diffId") reader.text(content, out.diff_id);
    if (key == "size") reader.whole(content, out.size);
    if (key == "command") reader.text(content, out.command);
    if (key == "base") reader.truth(content, out.base);
  });
}

void read_image(JsonReader& reader, const Json& value, ImageFacts& out) {
  reader.object(value, [&](std::string_view key, const Json& content) {
    if (key == "reference") reader.text(content, out.reference);
    if (key == "registry") reader.text(content, out.registry);
    if (key == "repository") reader.text(content, out.repository);
    if (key == "tags") reader.texts(content, kMostTexts, out.tags);
    if (key == "digest") reader.text(content, out.digest);
    if (key == "configDigest") reader.text(content, out.config_digest);
    if (key == "architecture") reader.text(content, out.architecture);
    if (key == "os") reader.text(content, out.os);
    if (key == "author") reader.text(content, out.author);
    if (key == "created") out.created = content.integer().value_or(0);
    if (key == "baseImage") reader.text(content, out.base_image);
    if (key == "layers") {
      reader.array(content, kMostLayers, out.layers,
                   [&](const Json& item, ImageLayer& layer) { read_layer(reader, item, layer); });
    }
  });
}

void write_function(JsonWriter& json, const FunctionFacts& function) {
  json.key("function").begin_object().optional_member("name", function.name);
  json.optional_member("runtime", function.runtime);
  json.optional_member("codeDigest", function.code_digest);
  json.optional_member("layers", function.layers);
  json.optional_member("architectures", function.architectures).end_object();
}

void read_function(JsonReader& reader, const Json& value, FunctionFacts& out) {
  reader.object(value, [&](std::string_view key, const Json& content) {
    if (key == "name") reader.text(content, out.name);
    if (key == "runtime") reader.text(content, out.runtime);
    if (key == "codeDigest") reader.text(content, out.code_digest);
    if (key == "layers") reader.texts(content, kMostTexts, out.layers);
    if (key == "architectures") reader.texts(content, kMostTexts, out.architectures);
  });
}

void write_repository(JsonWriter& json, const RepositoryFacts& repository) {
  json.key("repository").begin_object().optional_member("name", repository.name);
  json.optional_member("remote", repository.remote).optional_member("branch", repository.branch);
  json.optional_member("commit", repository.commit).member("dirty", repository.dirty).end_object();
}

void read_repository(JsonReader& reader, const Json& value, RepositoryFacts& out) {
  reader.object(value, [&](std::string_view key, const Json& content) {
    if (key == "name") reader.text(content, out.name);
    if (key == "remote") reader.text(content, out.remote);
    if (key == "branch") reader.text(content, out.branch);
    if (key == "commit") reader.text(content, out.commit);
    if (key == "dirty") reader.truth(content, out.dirty);
  });
}

void read_machine_facts(JsonReader& reader, const Json& value, MachineFacts& out) {
  reader.object(value, [&](std::string_view key, const Json& content) {
    if (key == "id") reader.text(content, out.machine_id);
    if (key == "name") reader.text(content, out.host_name);
  });
}

void read_options(JsonReader& reader, const Json& value, Request& out) {
  reader.object(value, [&](std::string_view key, const Json& content) {
    reader.text(content, out.options[std::string(key)]);
  });
}

}  // namespace

std::string scanned_document(const Scanned& scanned) {
  JsonWriter json;
  json.begin_object().member("name", scanned.name);
  if (scanned.machine) {
    json.key("machine").begin_object().optional_member("id", scanned.machine->machine_id);
    json.optional_member("name", scanned.machine->host_name).end_object();
  }
  if (scanned.image) write_image(json, *scanned.image);
  if (scanned.function) write_function(json, *scanned.function);
  if (scanned.repository) write_repository(json, *scanned.repository);
  json.key("inventory").raw(inventory::inventory_document(scanned.inventory)).end_object();
  return json.take();
}

Result<Scanned> parse_scanned(std::string_view document) {
  base::JsonParser parser;
  VIGIL_TRY(const Json root, parser.parse(document));
  Scanned out;
  JsonReader reader;
  reader.object(root, [&](std::string_view key, const Json& content) {
    if (key == "name") reader.text(content, out.name);
    if (key == "machine") read_machine_facts(reader, content, out.machine.emplace());
    if (key == "image") read_image(reader, content, out.image.emplace());
    if (key == "function") read_function(reader, content, out.function.emplace());
    if (key == "repository") read_repository(reader, content, out.repository.emplace());
    if (key == "inventory") inventory::read_inventory(reader, content, {}, out.inventory);
  });
  VIGIL_CHECK(reader.result());
  return out;
}

std::string request_document(std::string_view target, const Request& request) {
  JsonWriter json;
  json.begin_object().member("target", target).member("argument", request.argument);
  json.key("options").begin_object();
  for (const auto& [name, value] : request.options) json.member(name, value);
  json.end_object().key("catalogers").begin_array();
  for (const inventory::Cataloger* one : request.scan.catalogers) json.value(one->name);
  json.end_array().member("walk", request.scan.walk);
  json.optional_member("excluded", request.scan.limits.excluded);
  json.key("passedOver").begin_array();
  for (const std::string& path : request.scan.passed_over) json.value(path);
  json.end_array().end_object();
  return json.take();
}

Result<NamedRequest> parse_request(std::string_view document) {
  base::JsonParser parser;
  VIGIL_TRY(const Json root, parser.parse(document));
  NamedRequest out;
  JsonReader reader;
  std::vector<std::string> names;
  std::vector<std::string> passed_over;
  reader.object(root, [&](std::string_view key, const Json& content) {
    if (key == "target") reader.text(content, out.target);
    if (key == "argument") reader.text(content, out.request.argument);
    if (key == "options") read_options(reader, content, out.request);
    if (key == "catalogers") reader.texts(content, kMostTexts, names);
    if (key == "walk") reader.truth(content, out.request.scan.walk);
    if (key == "excluded") reader.texts(content, kMostTexts, out.request.scan.limits.excluded);
    if (key == "passedOver") reader.texts(content, kMostTexts, passed_over);
  });
  VIGIL_CHECK(reader.result());
  out.request.scan.passed_over = {passed_over.begin(), passed_over.end()};
  for (const inventory::Cataloger* one : inventory::all_catalogers()) {
    if (std::find(names.begin(), names.end(), one->name) != names.end()) {
      out.catalogers.push_back(one);
    }
  }
  return out;
}

}  // namespace vigil::source
