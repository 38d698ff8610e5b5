"""Connection tests: where to, with whose ticket, and what came out; runs are never changed."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from serai.base.models import PublicId, Sampled, choices, known
from serai.readiness.models.place import MeetingRoom, Office
from serai.readiness.states import ProbeLength, RunSource, TicketState, UdpPath


class ProbePoint(PublicId, Sampled):
    """A place we test against; never an office's address, which is kept nowhere."""

    name = models.CharField(max_length=100, unique=True)
    url = models.URLField(max_length=300)
    city = models.CharField(max_length=100, blank=True)
    latitude = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    longitude = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    is_in_use = models.BooleanField(default=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return self.name


class ProbeTicket(PublicId, Sampled):
    """Leave to run one test, signed, for two hours.

    Attributes:
        caps_bytes: the most that may flow each way.
        may_send_packets: the person agreed to small packets over UDP as well.
        consent_at: when the person agreed to this test.
    """

    point = models.ForeignKey(ProbePoint, on_delete=models.PROTECT, related_name="tickets")
    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="tickets")
    room = models.ForeignKey(
        MeetingRoom, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    length = models.CharField(max_length=5, choices=choices(ProbeLength))
    caps_bytes = models.PositiveBigIntegerField()
    is_wired = models.BooleanField(null=True, blank=True)
    may_send_packets = models.BooleanField(default=False, db_default=False)
    issued_at = models.DateTimeField()
    issued_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    consent_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(
        max_length=8, choices=choices(TicketState), default=TicketState.ISSUED.value
    )

    class Meta:
        ordering = ("id",)
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=known("state", TicketState), name="ticket_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state=TicketState.USED.value) | Q(used_at__isnull=False),
                name="ticket_used_has_time",
            ),
        ]

    def __str__(self) -> str:
        return self.public_id


class ProbeRun(PublicId, Sampled):
    """What one test showed; append-only.

    Attributes:
        down_mean_mbps ... tail: at the receiver, over all and over the latest 60 % of time.
        rtt_ms, rtt_loaded_ms: median, idle and under load; `rtt_p95_ms` and `rtt_least_ms` of the
            voice path.
        loss_share, late_share: 0 to 1.
        burst_ratio: mean run of losses against that of random loss; 1 below five losses.
        series: the raw figures, emptied after 24 months.
        receipt: what the probe signed; "" of what was entered.
        is_cut_short: it ended before its time.
    """

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="runs")
    room = models.ForeignKey(
        MeetingRoom, null=True, blank=True, on_delete=models.PROTECT, related_name="runs"
    )
    point = models.ForeignKey(
        ProbePoint, null=True, blank=True, on_delete=models.PROTECT, related_name="runs"
    )
    ticket = models.OneToOneField(
        ProbeTicket, null=True, blank=True, on_delete=models.PROTECT, related_name="run"
    )
    source = models.CharField(max_length=8, choices=choices(RunSource))
    tool = models.CharField(max_length=60, blank=True)
    length = models.CharField(max_length=5, choices=choices(ProbeLength), blank=True)
    is_wired = models.BooleanField(null=True, blank=True)
    browser = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField()
    down_mean_mbps = models.FloatField(null=True, blank=True)
    down_tail_mbps = models.FloatField(null=True, blank=True)
    up_mean_mbps = models.FloatField(null=True, blank=True)
    up_tail_mbps = models.FloatField(null=True, blank=True)
    rtt_ms = models.FloatField(null=True, blank=True)
    rtt_loaded_ms = models.FloatField(null=True, blank=True)
    rtt_p95_ms = models.FloatField(null=True, blank=True)
    rtt_least_ms = models.FloatField(null=True, blank=True)
    jitter_p95_ms = models.FloatField(null=True, blank=True)
    loss_share = models.FloatField(null=True, blank=True)
    late_share = models.FloatField(null=True, blank=True)
    burst_ratio = models.FloatField(null=True, blank=True)
    udp = models.CharField(max_length=14, choices=choices(UdpPath), default=UdpPath.NOT_TRIED.value)
    distance_km = models.FloatField(null=True, blank=True)
    is_thin = models.BooleanField(default=False)
    is_cut_short = models.BooleanField(default=False)
    receipt = models.TextField(blank=True)
    file = models.ForeignKey(
        "base.StoredFile", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    series = models.JSONField(default=dict, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ("at", "id")
        constraints: ClassVar = [
            models.CheckConstraint(condition=known("source", RunSource), name="run_source_known"),
            models.CheckConstraint(condition=known("udp", UdpPath), name="run_udp_known"),
            models.CheckConstraint(
                condition=~Q(source=RunSource.PROBE.value) | ~Q(receipt=""),
                name="run_measured_has_receipt",
            ),
        ]

    def __str__(self) -> str:
        return self.public_id


class RunVoid(Sampled):
    """That a run does not count, and why; the run stays."""

    run = models.OneToOneField(ProbeRun, on_delete=models.CASCADE, related_name="void")
    reason = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(reason=""), name="void_reason_told"),
        ]

    def __str__(self) -> str:
        return f"{self.run_id}"
