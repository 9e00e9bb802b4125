#include "mock_exchange/doctor/patient.h"

namespace ocokit::mock::doctor {

Patient::Patient(const Credentials& who, const SecretFilter* others)
    : Credentials(who), own_(SecretFilter::ShortestFor(who.secret)), others_(others) {
  own_.Add(secret);
}

std::string Patient::Hide(std::string_view text) const {
  std::string out = own_.Hide(text);
  return others_ != nullptr ? others_->Hide(out) : out;
}

}  // namespace ocokit::mock::doctor
