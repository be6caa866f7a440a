// SQLite as the engine: one file, one writer at a time, readers beside it.
//
// A commit that was acknowledged survives a kill and a power cut (write-ahead log, synchronous =
// FULL). Readers see the state at their first query and neither wait for the writer nor hold it up.
// Other processes may use the file at the same time, on the same machine only.
#pragma once

#include <memory>
#include <string>

#include "base/result.h"
#include "store/engine.h"
#include "store/store.h"

namespace vigil::store::sqlite {

/// Opens the file, makes it if it is absent (readable by its owner alone), and brings its schema up
/// to date. Errors as those of Store::open.
Result<std::unique_ptr<Engine>> open(const std::string& path, const OpenOptions& options);

}  // namespace vigil::store::sqlite
