#include "findings/ingest_document.h"

#include "base/json_reader.h"
#include "base/json_writer.h"
#include "findings/ingest_resource.h"

namespace vigil::findings {
namespace {

using base::Json;
using base::JsonReader;
using base::JsonWriter;

constexpr std::string_view kKinds[] = {"host", "image", "function"};

void write_facts(JsonWriter& json, const ResourceFacts& facts) {
  json.key("facts").begin_object();
  json.member("exposure", score::exposure_name(facts.exposure));
  json.member("reachesSecrets", score::fact_name(facts.reaches_secrets));
  json.member("canWrite", score::fact_name(facts.can_write));
  json.member("kind", kKinds[static_cast<std::size_t>(facts.kind)]).end_object();
}

std::string write(const Resource& resource, const ResourceFacts& facts, std::string_view key,
                  std::string_view content) {
  JsonWriter json;
  json.begin_object().key("resource");
  write_ingest_resource(json, resource);
  write_facts(json, facts);
  json.key(key).raw(content).end_object();
  return json.take();
}

/// A word that `parse` knows.
template <typename T>
void read_word(JsonReader& reader, const Json& value, std::optional<T> (*parse)(std::string_view),
               std::string_view words, T& out) {
  const std::optional<T> known = parse(value.text());
  if (!known) return reader.fail("not one of " + std::string(words));
  out = *known;
}

void read_facts(JsonReader& reader, const Json& value, ResourceFacts& out) {
  constexpr std::string_view kFactWords = "unknown, yes, no";
  reader.object(value, [&](std::string_view key, const Json& content) {
    if (key == "exposure") {
      read_word(reader, content, score::parse_exposure, "unknown, internet, inside, none",
                out.exposure);
    }
    if (key == "reachesSecrets") {
      read_word(reader, content, score::parse_fact, kFactWords, out.reaches_secrets);
    }
    if (key == "canWrite") {
      read_word(reader, content, score::parse_fact, kFactWords, out.can_write);
    }
    if (key == "kind") {
      read_word(reader, content, score::parse_resource_kind, "host, image, function", out.kind);
    }
  });
}

}  // namespace

std::string ingest_document(const Resource& resource, const ResourceFacts& facts,
                            std::string_view inventory_document) {
  return write(resource, facts, "inventory", inventory_document);
}

std::string ingest_delta_document(const Resource& resource, const ResourceFacts& facts,
                                  std::string_view delta_document) {
  return write(resource, facts, "delta", delta_document);
}

Result<IngestDocument> parse_ingest_document(std::string_view document,
                                             const inventory::DocumentLimits& limits) {
  if (document.size() > limits.bytes) {
    return fail("longer than " + std::to_string(limits.bytes) + " bytes", {}, {},
                ErrorCode::TooLarge);
  }
  base::JsonParser parser;
  VIGIL_TRY(const Json root, parser.parse(document));
  IngestDocument out;
  bool has_resource = false;
  JsonReader reader;
  reader.object(root, [&](std::string_view key, const Json& value) {
    if (key == "resource") {
      has_resource = true;
      read_ingest_resource(reader, value, out.resource);
    }
    if (key == "facts") read_facts(reader, value, out.facts);
    if (key == "inventory") {
      inventory::read_inventory(reader, value, limits, out.inventory.emplace());
    }
    if (key == "delta") inventory::read_delta(reader, value, limits, out.delta.emplace());
  });
  if (!has_resource) reader.fail_at("resource", "missing");
  if (out.inventory.has_value() == out.delta.has_value()) {
    reader.fail(out.delta ? "both an inventory and a delta" : "neither an inventory nor a delta");
  }
  VIGIL_CHECK(reader.result());
  return out;
}

}  // namespace vigil::findings
