// What an account has scanned: EC2, ECR, LAMBDA, LAMBDA_CODE, CODE_REPOSITORY (inspector.md 4.9, 7).
//
// Turning a type off closes the findings of its resources and takes their coverage away; their
// inventory stays, so turning it on again assesses them from what is stored, and a finding that is
// found again within 7 days is the same one. LAMBDA_CODE needs LAMBDA and goes with it.
//
// A change is first written down (ENABLING, DISABLING) and then carried out in portions, here or by
// the background work, also after a crash. Idempotent.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "estate/estate.h"

namespace vigil::estate {

/// The five names, in Inspector's order.
std::span<const std::string_view> all_scan_types();

/// The type under which resources of a type are scanned: "AWS_EC2_INSTANCE" -> "EC2"; empty if none
/// turns it off.
std::string_view scan_type_of(std::string_view resource_type);

/// Is a resource of this type scanned in the account, as the transaction sees it?
Result<bool> is_scanned(store::Connection& from, std::int64_t account,
                        std::string_view resource_type);

/// Errors: NotFound if the account does not exist; Invalid for an unknown type and for LAMBDA_CODE
/// without LAMBDA. What a type's status is then: ENABLED or DISABLED; ENABLING or DISABLING where
/// the resources are many and the rest is done in the background.
using ScanTypeStatus = std::map<std::string, std::string>;
Result<ScanTypeStatus> enable_scan_types(Estate& estate, std::int64_t account,
                                         const std::vector<std::string>& types);
/// Empty `types`: all of them.
Result<ScanTypeStatus> disable_scan_types(Estate& estate, std::int64_t account,
                                          const std::vector<std::string>& types);

/// Carries out what is written down, up to a time; false if something is left.
Result<bool> continue_scan_types(Estate& estate, std::int64_t account,
                                 std::chrono::milliseconds budget);

}  // namespace vigil::estate
