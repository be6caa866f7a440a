#include "cli/client/scan_and_send.h"

#include <cstdlib>

#include <fmt/format.h>

#include "base/environment.h"
#include "base/file.h"
#include "base/text.h"
#include "cli/client/send_inventory.h"
#include "cli/output.h"
#include "cli/paths.h"
#include "cli/scan_subject.h"
#include "estate/scanned_resource.h"

namespace vigil::cli {
namespace {

Result<void> check_options(const ScanOptions& options) {
  const std::pair<bool, std::string_view> given[] = {
      {!options.severities.empty(), "--severity"},     {options.only_fixed, "--only-fixed"},
      {!options.ignore_file.empty(), "--ignore-file"}, {!options.fail_on.empty(), "--fail-on"},
      {options.all_kernels, "--all-kernels"},          {options.unimportant, "--unimportant"},
      {options.show_suppressed, "--show-suppressed"},  {options.all, "--all"},
      {!options.policy_file.empty(), "--policy"},      {!options.vex_files.empty(), "--vex"},
  };
  for (const auto& [is_given, name] : given) {
    if (!is_given) continue;
    return fail("does not go with --server", std::string(name),
                "the findings are the server's: ask it, for example with `aws inspector2 "
                "list-findings --endpoint-url " +
                    options.server + "`");
  }
  if (options.format == "table" || options.format == "json") return ok();
  return fail("'" + options.format + "' does not go with --server", "--format", "table or json");
}

std::string summary(const findings::Resource& resource, const inventory::Inventory& inventory,
                    const Sent& sent) {
  std::string text = fmt::format("{} ({}): {} packages sent as {} of {} bytes\n", resource.id,
                                 base::printable(resource.name), inventory.packages.size(),
                                 sent.as_delta ? "changes" : "a whole inventory",
                                 base::with_thousands(sent.bytes));
  if (!sent.changed) return text + "nothing has changed\n";
  return text + fmt::format(
                    "findings: {} opened, {} updated, {} closed, {} reopened, "
                    "{} unchanged\n",
                    sent.opened, sent.updated, sent.closed, sent.reopened, sent.unchanged);
}

}  // namespace

Result<int> scan_and_send(const ScanOptions& options) {
  VIGIL_CHECK(check_options(options));
  const auto environment = [](const char* name) { return base::environment(name); };
  VIGIL_TRY(const Client client, Client::open(options.server, environment));
  VIGIL_TRY(source::Scanned scanned, take(options.subject));
  const findings::Resource resource = describe_resource(options, scanned);
  VIGIL_TRY(const findings::ResourceFacts facts, know_facts(options, scanned));
  const inventory::Inventory inventory = estate::resource_inventory(std::move(scanned), resource);
  VIGIL_TRY(const Sent sent,
            send_inventory(client, resource, facts, inventory, data_directory() + "/sent"));
  const std::string text = options.format == "json" ? std::string(base::trim(sent.answer)) + "\n"
                                                    : summary(resource, inventory, sent);
  if (options.output.empty()) {
    print(text);
  } else {
    VIGIL_CHECK(base::write_file_atomically(options.output, text));
  }
  return static_cast<int>(kSuccess);
}

}  // namespace vigil::cli
