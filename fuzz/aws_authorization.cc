// The Authorization header and the query of a request that says it is signed: nothing breaks on them,
// what is read is within its bounds, and canonical forms are fixed points.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "base/aws_signature.h"
#include "server/signature/authorization.h"
#include "server/signature/verifier.h"

namespace {

using vigil::server::HttpRequest;

void require(bool condition) {
  if (!condition) std::abort();
}

vigil::Result<std::optional<vigil::server::SigningKey>> any_key(std::string_view /*id*/) {
  return std::optional(vigil::server::SigningKey{"secret", "123456789012", "fuzz"});
}

}  // namespace

/// First line: the target. Second: Authorization. Third: X-Amz-Date. The rest: the body.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view rest(reinterpret_cast<const char*>(data), size);
  const auto line = [&rest] {
    const std::size_t end = rest.find('\n');
    const std::string_view out = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    return std::string(out);
  };
  HttpRequest request;
  request.method = "POST";
  request.target = line();
  request.headers.push_back({"Host", "localhost"});
  const std::string authorization = line();
  if (!authorization.empty()) request.headers.push_back({"Authorization", authorization});
  request.headers.push_back({"X-Amz-Date", line()});
  request.body = rest;

  const std::string query = vigil::base::aws_canonical_query(request.query());
  require(vigil::base::aws_canonical_query(query) == query);
  const std::string path =
      vigil::base::aws_canonical_path(request.path(), vigil::base::AwsPath::EncodedTwice);
  require(path.starts_with('/') && path.find("//") == std::string::npos);

  const auto read = vigil::server::read_authorization(request);
  if (read) {
    require(!read->access_key_id.empty() && read->signature.size() == 64);
    require(!read->signed_headers.empty() && read->time_text.size() == 16);
  } else {
    require(read.error().status == 403 && !read.error().message.empty());
  }
  vigil::server::SignatureVerifier verifier("us-east-1", any_key);
  // Nobody guesses a signature.
  require(!verifier.verify(request, "inspector2", true, 1795409117));
  return 0;
}
