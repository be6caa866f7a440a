#include "cli/client/send_inventory.h"

#include <unistd.h>

#include <optional>

#include "base/file.h"
#include "base/hash.h"
#include "base/json_tree.h"
#include "base/log.h"
#include "findings/ingest_document.h"
#include "inventory/delta.h"
#include "inventory/document.h"

namespace vigil::cli {
namespace {

constexpr std::uint64_t kMemoryBytes = std::uint64_t{256} << 20;

std::string inventory_path(const findings::Resource& resource) {
  return "/vigil/v1/resources/" + base::aws_encode(resource.id, false) + "/inventory";
}

/// What was sent last is kept in a file, one for each server and resource.
class Memory {
 public:
  Memory(std::string directory, const std::string& url)
      : directory_(std::move(directory)),
        path_(directory_ + "/" + base::sha256_hex(url).substr(0, 32) + ".json") {}

  [[nodiscard]] std::optional<inventory::Inventory> recall() const {
    const auto text = base::read_file(path_, kMemoryBytes);
    if (!text) return std::nullopt;
    auto inventory = inventory::parse_inventory(*text);
    if (!inventory) return std::nullopt;
    return std::move(*inventory);
  }
  void keep(const std::string& document) const {
    const auto kept = base::make_directories(directory_)
                          ? base::write_file_atomically(path_, document)
                          : Result<void>(fail("cannot create", directory_));
    if (!kept) base::warn("what was sent is not kept: " + kept.error().text());
  }
  void forget() const { ::unlink(path_.c_str()); }

 private:
  std::string directory_;
  std::string path_;
};

Result<Sent> read_answer(const base::HttpAnswer& answer, const std::string& url) {
  base::JsonParser parser;
  const auto root = parser.parse(answer.body);
  if (!root || !(*root)["digest"].is_string()) {
    return fail("the server's answer is not understood", url, "is this a Vigil server?",
                ErrorCode::Network);
  }
  const auto count = [&](std::string_view name) {
    return static_cast<std::uint64_t>((*root)[name].integer().value_or(0));
  };
  Sent sent;
  sent.answer = answer.body;
  sent.changed = (*root)["changed"].truth().value_or(false);
  sent.opened = count("opened");
  sent.updated = count("updated");
  sent.closed = count("closed");
  sent.reopened = count("reopened");
  sent.unchanged = count("unchanged");
  return sent;
}

std::string digest_in(const std::string& answer) {
  base::JsonParser parser;
  const auto root = parser.parse(answer);
  return root ? std::string((*root)["digest"].text()) : std::string();
}

}  // namespace

Result<Sent> send_inventory(const Client& client, const findings::Resource& resource,
                            const findings::ResourceFacts& facts,
                            const inventory::Inventory& inventory, const std::string& memory) {
  const std::string path = inventory_path(resource);
  const std::string url = client.url(path);
  const Memory last(memory, url);
  const std::string document = inventory::inventory_document(inventory);
  std::string body;
  std::optional<base::HttpAnswer> answer;
  bool as_delta = false;
  if (const auto base = last.recall()) {
    const std::string delta = inventory::delta_document(*base, inventory);
    if (delta.size() < document.size() / 2) {
      body = findings::ingest_delta_document(resource, facts, delta);
      VIGIL_TRY(answer, client.send("PUT", path, findings::kDeltaMediaType, body));
      as_delta = true;
      // 409: the server has another base; 400 and 415: it cannot use the delta. The whole decides.
      if (answer->status == 409 || answer->status == 400 || answer->status == 415) answer.reset();
    }
  }
  if (!answer) {
    body = findings::ingest_document(resource, facts, document);
    VIGIL_TRY(answer, client.send("PUT", path, findings::kInventoryMediaType, body));
    as_delta = false;
  }
  if (answer->status != 200) return fail(refusal(*answer, url));
  VIGIL_TRY(Sent sent, read_answer(*answer, url));
  sent.bytes = body.size();
  sent.as_delta = as_delta;
  // A server that stores something else than it was sent can never apply a delta.
  if (digest_in(sent.answer) == inventory::digest_of(inventory)) {
    last.keep(document);
  } else {
    last.forget();
  }
  return sent;
}

}  // namespace vigil::cli
