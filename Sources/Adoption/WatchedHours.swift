package import Forecasts
package import RotationEngine

/// What a look at a site's list showed of the hours that are over since the look before, and were watched as a whole.
package struct WatchedHours: Sendable, Equatable {
  /// The clients that made contact.
  package var contacts: ContactHours

  /// How long clients were away, and which of them came back.
  package var returns: ReturnHours

  /// No hour.
  package init() {
    contacts = ContactHours()
    returns = ReturnHours()
  }

  /// These hours.
  init(contacts: ContactHours, returns: ReturnHours) {
    self.contacts = contacts
    self.returns = returns
  }
}
