// `vigil sbom`: what is in a host, an image, a directory, without what is known against it.
#include "base/file.h"
#include "base/time.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/scan_subject.h"
#include "deliver/bill.h"
#include "estate/scanned_resource.h"

namespace vigil::cli {
namespace {

Result<void> write_bill(const SbomOptions& options) {
  const deliver::Bill* bill = deliver::find_bill(options.format);
  if (bill == nullptr) return fail("unknown format '" + options.format + "'", "--format");
  VIGIL_TRY(source::Scanned scanned, take(options.subject));
  const findings::Resource resource =
      estate::scanned_resource(options.subject.target, scanned, options.account, options.region);
  const inventory::Inventory inventory = estate::resource_inventory(std::move(scanned), resource);
  const std::string document = bill->write({resource, inventory, base::now()});
  if (options.output.empty()) {
    print(document);
    return ok();
  }
  return base::write_file_atomically(options.output, document);
}

}  // namespace

int sbom(const SbomOptions& options) {
  const auto written = write_bill(options);
  return written ? kSuccess : report_error(written.error());
}

}  // namespace vigil::cli
