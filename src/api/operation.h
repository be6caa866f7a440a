// One operation of an AWS API: its name, its place on the wire, the shape of its input, and the
// function that answers.
//
// One directory per operation, api/operations/<name>/<name>.cc, defines
//   namespace vigil::api::<name> { const Operation& operation(); }
// and nothing else has to be edited. The input has been validated against the shape when `run` is
// called: what the shape requires is there, within its bounds.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "api/error.h"
#include "api/shape.h"
#include "base/json_tree.h"
#include "estate/estate.h"

namespace vigil::api {

/// Who asks, as the signature or the session proved.
struct Caller {
  std::string account;    ///< 12 digits
  std::string principal;  ///< access key id or user name, for logs
  std::string region;
};

struct Operation;

struct Call {
  estate::Estate& estate;
  const Caller& caller;
  base::Json input;  ///< body members; query and path members too, as strings or lists of them
  std::int64_t now;  ///< seconds since 1970
  const Operation* operation = nullptr;
  const Shape* shape = nullptr;  ///< of the input
};

/// The JSON body of a success, or an error as AWS writes it.
using Answer = Outcome<std::string>;

struct Operation {
  std::string_view name;     ///< "ListFindings"
  std::string_view service;  ///< signing name: "inspector2", "inspector-scan"
  std::string_view method;   ///< "POST"
  std::string_view uri;      ///< "/findings/list", "/tags/{resourceArn}"
  std::string_view input;    ///< shape in the notation of api/shape.h
  Answer (*run)(const Call& call);
};

std::span<const Operation* const> all_operations();

}  // namespace vigil::api
