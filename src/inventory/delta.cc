#include "inventory/delta.h"

#include <algorithm>

#include "inventory/document_parts.h"

namespace vigil::inventory {
namespace {

using base::Json;
using base::JsonReader;
using base::JsonWriter;

constexpr std::string_view kVersion = "vigilInventoryDelta";
constexpr std::size_t kDigestLength = 64;

void read_digest(JsonReader& reader, const Json& value, std::string& out) {
  reader.text(value, out);
  const bool is_hex = std::all_of(out.begin(), out.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
  });
  if (!is_hex || out.size() != kDigestLength) reader.fail("not 64 lower-case hexadecimal digits");
}

}  // namespace

std::string delta_document(const Inventory& base, const Inventory& now) {
  const PackageOrder before = order_packages(base.packages);
  const PackageOrder after = order_packages(now.packages);
  JsonWriter json;
  json.begin_object().member(kVersion, 1);
  json.member("base", digest_of(base)).member("result", digest_of(now));
  JsonWriter added;
  added.begin_array();
  json.key("removed").begin_array();
  std::size_t old_index = 0;
  std::size_t new_index = 0;
  while (old_index < before.documents.size() || new_index < after.documents.size()) {
    const bool old_ends = old_index == before.documents.size();
    const bool new_ends = new_index == after.documents.size();
    const int order = old_ends   ? 1
                      : new_ends ? -1
                                 : before.documents[old_index].compare(after.documents[new_index]);
    if (order < 0) json.value(std::uint64_t{old_index});
    if (order > 0) added.raw(after.documents[new_index]);
    if (order <= 0) ++old_index;
    if (order >= 0) ++new_index;
  }
  json.end_array().key("added").raw(added.end_array().text());
  write_rest(json, canonical_rest(now, after), true);
  json.end_object();
  return json.take();
}

void read_delta(JsonReader& reader, const Json& value, const DocumentLimits& limits, Delta& out) {
  check_version(reader, value, kVersion);
  reader.object(value, [&](std::string_view key, const Json& content) {
    if (read_rest(reader, key, content, limits, out.rest)) return;
    if (key == "base") read_digest(reader, content, out.base);
    if (key == "result") read_digest(reader, content, out.result);
    if (key == "removed") {
      reader.array(content, limits.packages, out.removed,
                   [&](const Json& item, std::size_t& index) {
                     reader.whole(item, index, limits.packages);
                     const std::size_t count = out.removed.size();
                     if (count > 1 && out.removed[count - 2] >= index) reader.fail("not ascending");
                   });
    }
    if (key == "added") {
      reader.array(
          content, limits.packages, out.added,
          [&](const Json& item, model::Package& package) { read_package(reader, item, package); });
    }
  });
  if (out.base.empty()) reader.fail_at("base", "missing");
  if (out.result.empty()) reader.fail_at("result", "missing");
}

Result<Delta> parse_delta(std::string_view document, const DocumentLimits& limits) {
  base::JsonParser parser;
  VIGIL_TRY(const Json root, open_document(parser, document, limits));
  Delta out;
  JsonReader reader;
  read_delta(reader, root, limits, out);
  VIGIL_CHECK(reader.result());
  return out;
}

Result<Inventory> apply_delta(const Inventory& base, const Delta& delta) {
  if (digest_of(base) != delta.base) {
    return fail("the delta is not based on the inventory that is held", "base",
                "send the whole inventory", ErrorCode::NotFound);
  }
  Inventory before = canonical(base);
  if (!delta.removed.empty() && delta.removed.back() >= before.packages.size()) {
    return fail("there are only " + std::to_string(before.packages.size()) + " packages",
                "removed");
  }
  Inventory out;
  out.packages = delta.added;
  auto removed = delta.removed.begin();
  for (std::size_t i = 0; i < before.packages.size(); ++i) {
    if (removed != delta.removed.end() && *removed == i) {
      ++removed;
    } else {
      out.packages.push_back(std::move(before.packages[i]));
    }
  }
  out = canonical(out);
  out.os = delta.rest.os;
  out.files = delta.rest.files;
  out.runtime = delta.rest.runtime;
  out.problems = delta.rest.problems;
  base::JsonReader reader;
  check_processes(reader, out.runtime, out.packages.size());
  VIGIL_CHECK(reader.result());
  if (digest_of(out) != delta.result) {
    return fail("the inventory that comes out is not the sender's", "result",
                "send the whole inventory");
  }
  return out;
}

}  // namespace vigil::inventory
