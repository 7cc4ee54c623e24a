"""红旗指标: Cardinal's eleven red flags over OCDS releases, on any machine, from any publisher's file.

A program beside the platform: it imports nothing of it, and needs only msgspec (and for another engine, Ibis).
"""
