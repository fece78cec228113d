/// What an action is: a row of the table. What the columns mean stands at the properties of ``Action`` that
/// read them.
struct ActionTraits {
  var target: TargetKind
  var effect: EffectClass
  var undoing = Undoing.needless
  var wait: WaitKind?
  var opens: Opening?
  var closes: Opening?
  var protection = Protection.never
  var changesCertificate = false
  var channel: UsualChannel
  var hasEndpoint = false
  var isObserved = false
  var isConsolesOnly = false
  var mayBeDoneBefore = false
  var occasions: Occasions
  var serverPart: ServerPart?
  var expected = Duration.zero
  var worst = Duration.zero
  var purpose: String
  var lack: String
  var reason: String
  var reasonOfNext: String?

  /// What takes an action back.
  enum Undoing: Equatable {
    /// It changes nothing that would have to be.
    case needless

    /// Another action on the same target.
    case by(Action)

    /// Nothing does: it is a point of no return.
    case never
  }
}

/// By what an action is carried out where a plan says nothing.
package enum UsualChannel: Sendable {
  /// Waltz looks.
  case probe

  /// SEPM's REST API where the site has one, else a person.
  case api

  /// A person.
  case `operator`
}

/// What of a server a step depends on.
package enum ServerPart: Sendable {
  /// The certificate that it gets.
  case certificate

  /// The version that it has.
  case version

  /// The version that it is upgraded to.
  case upgrade
}

/// When clients depend on a step: without it some of them may be able to talk to no server any more. With
/// it goes how that comes about, as a clause about a client, «it».
package enum Protection: Sendable, Equatable {
  /// They never do.
  case never

  /// Always.
  case always(String)

  /// While a certificate of the same site is changed later.
  case untilUpdate(String)

  /// Once the step has failed: what it found is then so.
  case onceFailed(String)
}

/// What a step may leave open that should not stay so, what exposes clients most first.
package enum Opening: Int, Sendable, CaseIterable {
  /// The clients of a site check no signatures.
  case verificationOff

  /// The clients of a site use HTTP.
  case clientsOnHTTP

  /// A partnership does not replicate.
  case replicationBroken

  /// What a server presents was not looked at since its certificate changed.
  case certificateUnproven
}
