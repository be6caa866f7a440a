// What `vigil scan` looks at: what is in it, its identity, what is known about it.
#pragma once

#include "base/result.h"
#include "cli/commands.h"
#include "findings/compose.h"
#include "findings/finding.h"
#include "source/target.h"

namespace vigil::cli {

/// As it was found; estate::resource_inventory puts it in the order in which a server keeps it.
Result<source::Scanned> take(const SubjectOptions& options);

/// Deterministic: the same machine, image, directory or file is always the same resource.
findings::Resource describe_resource(const ScanOptions& options, const source::Scanned& scanned);

/// What the options say, else what can be observed.
Result<findings::ResourceFacts> know_facts(const ScanOptions& options,
                                           const source::Scanned& scanned);

}  // namespace vigil::cli
