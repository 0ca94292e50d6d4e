from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BatchesConfig(AppConfig):
    name = "linli.batches"
    label = "batches"

    def ready(self) -> None:
        from linli.audit.rules import declare_verbs

        declare_verbs(
            {
                "batch.finished": _("录完了表格"),
                "batch.opened": _("上传了表格"),
                "batch.received": _("表格收完了"),
                "batch.mapped": _("对好了表格的列"),
                "batch.retried": _("接着录表格"),
                "batch.stopped": _("表格停下了"),
                "batch.forgotten": _("清理了旧表格"),
                "batch.confirmed": _("确认录入表格"),
                "mapping.kept": _("存了列名的对应"),
                "mapping.forgotten": _("删了列名的对应"),
                "batch.cancelled": _("不录了"),
            }
        )
