// A model::Vulnerability as bytes: the record of a vulnerability in segments and in the snapshot.
#pragma once

#include <string_view>

#include "base/result.h"
#include "intel/codec.h"
#include "model/vulnerability.h"

namespace vigil::intel {

/// Everything but the id and the EPSS score, which are kept beside the record.
void encode_vulnerability(Encoder& out, const model::Vulnerability& vulnerability);
/// Reads what encode_vulnerability wrote; `Invalid` on damaged bytes.
Result<model::Vulnerability> decode_vulnerability(Decoder& in);

}  // namespace vigil::intel
