"""A city assesses its counties."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("org", "0005_leading"),
    ]

    operations = [
        migrations.AlterField(
            model_name="unit",
            name="kind",
            field=models.CharField(
                choices=[
                    ("place", "地方"),
                    ("seat", "县领导"),
                    ("township", "乡镇"),
                    ("department", "责任部门"),
                    ("other_department", "其他部门"),
                    ("zone", "园区"),
                    ("county", "县（市、区）"),
                    ("leading_group", "领导小组"),
                    ("committee", "产业投促委"),
                    ("team", "招商组"),
                    ("chain", "产业链"),
                    ("branch", "招商分局"),
                    ("outpost", "驻外办事处"),
                    ("task_force", "专班"),
                    ("working_group", "工作组"),
                    ("helper", "外部助力"),
                ],
                max_length=20,
                verbose_name="类别",
            ),
        ),
        migrations.AlterField(
            model_name="unitspan",
            name="kind",
            field=models.CharField(
                choices=[
                    ("place", "地方"),
                    ("seat", "县领导"),
                    ("township", "乡镇"),
                    ("department", "责任部门"),
                    ("other_department", "其他部门"),
                    ("zone", "园区"),
                    ("county", "县（市、区）"),
                    ("leading_group", "领导小组"),
                    ("committee", "产业投促委"),
                    ("team", "招商组"),
                    ("chain", "产业链"),
                    ("branch", "招商分局"),
                    ("outpost", "驻外办事处"),
                    ("task_force", "专班"),
                    ("working_group", "工作组"),
                    ("helper", "外部助力"),
                ],
                max_length=20,
            ),
        ),
    ]
