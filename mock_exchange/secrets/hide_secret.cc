// Hides one secret in what is shown of a request.

#include "mock_exchange/secrets/secret_filter.h"
#include "ocokit/mock/doctor.h"

namespace ocokit::mock {

// A short one is hidden, too: whoever calls this knows which secret is meant.
std::string HideSecret(std::string_view text, std::string_view secret) {
  SecretFilter filter(SecretFilter::ShortestFor(secret));
  filter.Add(secret);
  return filter.Hide(text);
}

}  // namespace ocokit::mock
